"""Names in Latin letters that Faker lacks: given names, then surnames."""

# locale -> (given names, surnames)
OWN = {
    "own_ar": (
        "Ahmed Mohammed Fatima Aisha Omar Youssef Khalid Hassan Hussein Layla Noor Zainab Maryam "
        "Tariq Bilal Samir Rania Dalia Nadia Karim Amina Salma Huda Ibrahim Mustafa Abdullah Faisal "
        "Jamal Rashid Walid Ziad Yasmin Sara Lina Hadi Nabil Imad Ghada Rima Saif Majid Hamza Anwar "
        "Basma Dunya Fadi Ihab Jihad Kamal Lubna Munir Nizar Osama Qasim Reem Sami Taha Wafa Zeina",
        "Al-Sayed Al-Masri Haddad Khoury Mansour Nasser Saleh Hamdan Farouk Aziz Abbas Al-Hashimi "
        "Najjar Qureshi Rahman Suleiman Shaheen Darwish Hariri Al-Amin El-Baz Ben-Ali Bouazizi "
        "Benali Chaoui El-Idrissi Fahmi Ghanem Habibi Issa Jaber Kanaan Lahoud Maalouf Nahas Obeid "
        "Qasem Rizk Sabbagh Tawfik Yassin Zaki Al-Tamimi Al-Otaibi Bakr Shakir Hilal Hakimi",
    ),
    "own_ko": (
        "Min-jun Seo-yeon Ji-hoon Soo-jin Hye-jin Dong-hyun Yoo-na Jae-won Eun-ji Sung-min Hyun-woo "
        "Ji-woo Da-eun Tae-yang Kyung-soo Mi-rae Sang-hoon Young-ja Chul-soo Bo-ram Jin-ah Ha-neul "
        "Jihye Minho Sora Jisoo Yuna Hyejin Seojun Doyun Eunwoo Nari Byung-hun Woo-sik Seung-ho",
        "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Jeon Hong "
        "Yoo Ko Moon Yang Son Bae Baek Heo Nam Noh Ha Joo Woo Ryu Min Chae",
    ),
    "own_in": (
        "Priya Ananya Rohan Arjun Kavya Deepak Sunita Rajesh Meera Vikram Lakshmi Suresh Anjali Ravi "
        "Pooja Sanjay Neha Amit Divya Karthik Shreya Manish Nisha Harish Swati Ganesh Padma Venkatesh "
        "Bhavana Chandra Gauri Hemant Indira Jyoti Kiran Leela Mohan Nandini Omkar Parvati Raghav "
        "Saraswati Tejas Uma Varun Yash Zoya Aarav Ishaan Diya Sai Rekha Usha Vasudha Murali Srinivas",
        "Sharma Patel Iyer Nair Reddy Gupta Singh Krishnamurthy Raghunathan Venkataraman Subramaniam "
        "Chatterjee Mukherjee Banerjee Deshpande Kulkarni Joshi Menon Pillai Rao Naidu Agarwal Bhatt "
        "Choudhury Desai Gandhi Hegde Iyengar Jain Kapoor Malhotra Mehta Narayanan Ramachandran Saxena "
        "Trivedi Upadhyay Verma Yadav Balakrishnan Gopalakrishnan Jayaraman Swaminathan Sundaram",
    ),
    "own_fa": (
        "Reza Shirin Arash Parisa Babak Leila Dariush Niloufar Farhad Mahsa Kaveh Nasrin Siavash Azadeh "
        "Behrouz Golnaz Hossein Mina Omid Roya Soraya Touraj Yalda Zahra Bijan Elham Farzad Ghazal",
        "Ahmadi Hosseini Mohammadi Rezaei Karimi Moradi Jafari Rahimi Sadeghi Ebrahimi Kazemi Tehrani "
        "Shirazi Esfahani Nazari Farahani Golzar Mousavi Safavi Tabrizi Zand Bahrami Kiani Pahlavan",
    ),
    "own_vi": (
        "Minh Linh Huong Thanh Tuan Lan Phuong Hung Mai Duc Hoa Quang Ngoc Trang Khanh Dung Binh Thao "
        "Long Hien Son Yen Anh Tam Van Thuy Hai Nga Cuong Giang Dao Hanh Khoa Loan Nhung Phuc Quyen",
        "Nguyen Tran Le Pham Hoang Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly Trinh Dinh Luong Mai Cao",
    ),
    "own_he": (
        "Noa Eitan Yael Avi Tamar Moshe Shira Yossi Michal Ariel Dana Gilad Hila Itai Keren Lior Maya "
        "Nadav Orit Rivka Shlomo Tal Uri Yonatan Ziva Boaz Chaim Dvora Efrat Galit Inbal Kobi",
        "Cohen Levi Mizrahi Peretz Biton Dahan Friedman Katz Azoulay Ben-David Shapira Goldberg Avraham "
        "Segal Rosenthal Ohana Malka Amar Gabay Hadad Yosef Klein Weiss Barak Shalom Harel Navon",
    ),
    "own_th": (
        "Somchai Siriporn Anong Kittisak Malee Niran Pim Suda Thaksin Wichai Apinya Chaiwat Duangjai "
        "Kanya Narong Prasert Ratana Somsak Tida Ubon Warunee Yingyot Arthit Boonmee Chanida",
        "Suwannarat Chaiyasit Boonyarat Srisai Thongchai Wongsakul Rattanakorn Phromphan Kaewmanee "
        "Saetang Jaidee Sukhum Charoensuk Intharaprasit Limsakul Meesuk Panyarachun Sombat Yodsuk",
    ),
    "own_pl": (
        "Tomasz Agnieszka Krzysztof Małgorzata Piotr Katarzyna Paweł Joanna Michał Magdalena Łukasz "
        "Grzegorz Wojciech Zofia Ewa Marcin Barbara Andrzej Stanisław Halina Dorota Zbigniew Elżbieta",
        "Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Kaczmarek Zając Król Wieczorek Jabłoński Wróbel "
        "Stępień Górski Rutkowski Michalak Sikora Ostrowski Baran Duda Szewczyk Tomaszewski Pietrzak "
        "Marciniak Wróblewski Zalewski Jakubowski Jasiński Zawadzki Sadowski Bąk Chmielewski Włodarczyk "
        "Borkowski Czarnecki Sawicki Sokołowski Urbański Kubiak Maciejewski Szczepański Kucharski Wilk "
        "Kalinowski Lis Mazurek Wysocki Adamski Kaźmierczak Wasilewski Sobczak Czerwiński Andrzejewski "
        "Cieślak Głowacki Zakrzewski Kołodziej Sikorski Krajewski Gajewski Szymczak Szulc Baranowski "
        "Laskowski Brzeziński Makowski Ziółkowski Przybylski Kowalska Nowicka Lewandowska Zielińska",
    ),
}

# What Faker has too few of: locale -> given_f, given_m, sur or sur_f, sur_m.
MORE = {
    "hu_HU": {
        "sur": "Kovács Szabó Tóth Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Takács Juhász Lakatos Mészáros Oláh Simon Rácz Fekete Szilágyi Török Fehér Gál Pintér Szűcs Kocsis Orsós Fodor Szalai "
        "Sipos Magyar Lukács Gulyás Bíró Katona Jakab László Balázs Hegedűs Vörös Fábián Bognár Kelemen Barta Csonka Dobos Erdős Fazekas Gáspár Halász Illés Jónás Kárpáti Lengyel Major Nemes Orbán Pásztor"
    },
    "vi_VN": {
        "sur": "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đoàn Mai Tô Cao Lâm Tạ",
        "given_f": "Hương Lan Linh Thảo Trang Hạnh Yến Nhung Hằng Quỳnh Vân Oanh Phương Thùy Diệu Mỹ", "given_m": "Minh Tuấn Hùng Dũng Đức Long Quang Hải Khoa Phúc Thành Trung Việt Sơn Bảo Khánh",
    },
    "ja_JP": {
        "sur": "橋本 石川 前田 藤田 後藤 岡田 長谷川 村上 近藤 石井 斎藤 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 岡本 松田 中川 中野 原田 小野 田村 竹内 金子 和田 中山 石田 上田 森田 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 河野 藤原 村田 武田 上野 杉山 増田 小島 千葉 久保 松井 桜井 野口 菊地 新井",
        "given_f": "さくら 美咲 葵 陽菜 結衣 凛 莉子 美羽 彩花 七海 愛 優奈 千尋 真由美 恵子 由美子 裕子 久美子 智子 直子 麻衣 遥 詩織 香織 里奈 ひなた", "given_m": "蓮 悠真 湊 大翔 陽翔 樹 翔太 大輔 健太 拓也 直樹 隆 誠 浩 修 和也 達也 雄太 亮 健一 翼 海斗 颯太 悠斗 光 一郎",
    },
    "ko_KR": {
        "sur": "남궁 선우 황보 제갈 구 방 천 공 현 함 변 염 여 추 도 소 석 설 마 길 연 위 표 명 기 반 라 왕 금 옥 육 인 맹 제 모 탁 국 어 은 편",
        "given_f": "서연 민서 지우 서윤 하은 지민 수아 채원 다은 은서 예은 지안 소율 유진 나은 가은 수빈 혜진 미경 은정 현주 정희", "given_m": "민준 도윤 시우 주원 지호 예준 준서 현우 지훈 우진 선우 서준 연우 동현 태현 성민 재훈 상우 진우 승현 영호 철수",
    },
    "zh_CN": {
        "given_f": "婷婷 雨欣 欣怡 梓涵 诗涵 思琪 晓燕 海燕 丽华 淑珍 佳怡 雅静 梦瑶 若曦 语嫣 芷若 慧敏 美玲 小红 秀梅 晓雯 静怡 雪梅 紫萱 可馨", "given_m": "浩然 子轩 宇轩 俊杰 博文 志强 建华 国栋 文博 天宇 思远 明哲 晓东 海涛 振华 永康 家豪 泽宇 一鸣 伟明 立新 少华 嘉诚 志远 鹏飞",
    },
    "lt_LT": {
        "sur_m": "Petrauskas Jankauskas Stankevičius Vasiliauskas Žukauskas Butkus Paulauskas Urbonas Kavaliauskas Navickas Ramanauskas Savickas Baranauskas Adomaitis Rimkus Mickevičius Balčiūnas Gudaitis",
        "sur_f": "Petrauskienė Jankauskaitė Stankevičienė Vasiliauskaitė Žukauskienė Butkienė Paulauskaitė Urbonienė Kavaliauskaitė Navickienė Ramanauskaitė Savickienė Baranauskaitė Adomaitienė Rimkutė",
        "given_f": "Rūta Eglė Ieva Jurgita Daiva Rasa Inga Lina Asta Gintarė Austėja Ugnė", "given_m": "Jonas Mindaugas Darius Vytautas Gintaras Saulius Rokas Lukas Andrius Marius Kęstutis",
    },
    "ro_RO": {
        "sur": "Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Rusu Munteanu Matei Constantin Serban Moldovan Lazăr Ciobanu Florea Dinu Mihai Ungureanu Vasile Toma Cristea Ilie Nistor Tudor Marinescu Dobre Barbu Nedelcu Coman Preda Enache Voicu Costea Roșu Manole Sandu Bălan Dragomir Neagu Olteanu Filip",
    },
    "tr_TR": {
        "sur": "Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Polat Korkmaz Çakır Erdoğan Güneş Aksoy Bulut Kaplan Avcı Tekin Taş Bozkurt Güler Keskin Turan Ünal Çelik Şahin Yavuz Karaca Ateş Acar Sarı Uçar Duman Eren Demirci Toprak Karataş Tunç Bayram",
    },
    "hi_IN": {"sur": "वर्मा गुप्ता सिंह यादव मिश्रा पाण्डेय तिवारी अग्रवाल जैन चौहान राठौर कुमार त्रिपाठी दुबे शुक्ला सक्सेना श्रीवास्तव मेहता ठाकुर राजपूत भट्ट जोशी नायर पटेल"},
    "fa_IR": {"sur": "رضایی حسینی احمدی کریمی موسوی جعفری صادقی رحیمی ابراهیمی حیدری اکبری قاسمی هاشمی مرادی نوری یزدانی شریفی کاظمی زارعی سلطانی عباسی اسدی فرهادی بهرامی شیرازی تهرانی"},
    "ar_AA": {"sur": "المصري الحسن الشامي العلي حداد خوري منصور الخطيب النجار العمري الزهراني القحطاني الغامدي التميمي السعدي البغدادي الحلبي بركات سليمان عيسى حمدان الشريف الهاشمي السيد"},
}  # fmt: skip

# More names of the rest of the world as they are written in Latin letters.
OWN["own_ar"] = (
    OWN["own_ar"][0] + " Abdulrahman Abdelaziz Adel Adnan Ahlam Aliya Amal Amr Asma Ayman Badr Bashir Bushra Dina Duaa Fahad Farah Fares Farida Ghassan Habiba Haitham Hala Hanan Hani Haya Hind Hisham Iman Ismail Jana Jawad Joumana Khadija Laith Latifa Lamia Mahmoud Malak Mansour Marwa Marwan Maha Mazen Mona Mounir "
    "Muhammad Nada Nadim Najwa Nawal Omnia Othman Rabia Raghad Rami Rasha Rawan Ridha Sabrine Salim Samar Shadi Shaimaa Sherif Soumaya Suad Sultan Tamer Thamer Turki Wael Wissam Yara Yahya Yazid Zahra Zakaria",
    OWN["own_ar"][1] + " Abu-Zayd Abdallah Al-Ahmad Al-Dosari Al-Ghamdi Al-Harbi Al-Khatib Al-Maliki Al-Mutairi Al-Qahtani Al-Rashid Al-Shammari Al-Zahrani Amrani Assaf Atallah Awad Ayoub Badawi Bennani Berrada Boutros Chahine Cherif Daoud El-Fassi El-Masry Fadel Gamal Hammoud Hamed Hammami Hassan Ibrahim Jabbour Karam Khalil Khalifa "
    "Mahfouz Makki Masoud Mikhail Morsi Moussa Mrabet Naguib Nassar Osman Qassem Raad Rahal Saad Saidi Salameh Sarkis Sayegh Shaaban Sharif Slimani Soliman Tahiri Trabelsi Younes Zahran Ziani Zouari",
)
OWN["own_in"] = (
    OWN["own_in"][0] + " Aarav Aditi Aishwarya Ajay Akash Alok Aparna Archana Ashok Bhavna Chetan Chitra Dinesh Esha Gaurav Geeta Girish Gopal Hari Hema Indira Ishaan Jaya Jyoti Kalpana Kamala Kiran Krishna Kunal Lata Madhuri Mahesh Manoj Meena Mohan Mukesh Nandini Naveen Nikhil Nitin Pallavi Parvati Pradeep Prakash Pranav Radha "
    "Raghav Rahul Rajiv Rakesh Ramya Rekha Ritu Rohit Rukmini Sachin Sandeep Sangeeta Sarita Satish Seema Shalini Shankar Shilpa Siddharth Sneha Sonal Srinivas Subramaniam Sudha Sunil Sushma Tanvi Tarun Uma Usha Varun Vidya Vijay Vinod Vishal Yash Gurpreet Harpreet Jaspreet Manpreet Simran Balwinder Thilak Kumari Nimal Chamari",
    OWN["own_in"][1] + " Agarwal Ahuja Arora Bajaj Balakrishnan Banerjee Basu Bhatia Bhattacharya Bose Chakraborty Chandra Chauhan Chopra Choudhury Das Deshmukh Deshpande Dhillon Dutta Gandhi Ganguly Ghosh Gill Gowda Grewal Hegde Iyengar Iyer Jadhav Jain Joshi Kamath Kapoor Kaur Khanna Kohli Krishnan Kulkarni Kumar Lal Malhotra Mathur "
    "Mehta Menon Mishra Mukherjee Murthy Naidu Nair Pandey Pandit Parekh Patil Pillai Prasad Raghavan Rajan Rao Rathore Reddy Roy Sandhu Saxena Sengupta Shah Sharma Shetty Shukla Sidhu Singh Sinha Srinivasan Subramanian Thakur Tripathi Trivedi Varghese Varma Verma Yadav Wickramasinghe Perera Jayawardena",
)
OWN["own_zh"] = (
    "Wei Ming Xiaoming Meiling Jing Yan Hao Lei Jun Xin Yi Na Fang Li Xiuying Qiang Min Juan Tao Chao Ping Gang Ying Hua Hui Yu Xue Lin Bo Peng Kai Zhiyuan Haoran Zixuan Yuxuan Zihan Yutong Mengyao Jiayi Siqi Xinyi Ruoxi Wenjie Guoqiang Jianguo Jianhua Weiming Xiaoyan Xiaoli Yuhan Tianyu Zhihao Jiahao Junjie Wenbo Meihua "
    "Shufen Ya-ting Chia-hao Yu-chen Pei-shan Shu-hui Kai-lun Ming-chieh Wing-yan Ka-ming Siu-ming Chi-keung Wai-man Hoi-lam Tsz-ching Mei Lan Lihua Chunhua Guiying Yulan Zhen Rong Dong Bin Long Fei Jian Yong",
    "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Gao Lin Luo Zheng Liang Xie Song Tang Han Feng Deng Cao Peng Zeng Xiao Tian Dong Yuan Pan Cai Jiang Yu Du Ye Cheng Su Wei Lu Ding Ren Shen Yao Fu Zhong Cui Tan Fan Shi Liao Jia Xia Fang Zou Xiong Bai Meng Qin Qiu Hou Yin Xue Yan Lei Duan Long Tao "
    "Chan Cheung Lam Leung Ng Yip Kwok Tsang Tsai Hsu Hsieh Chiu Chiang Tseng Ho Chow Fung Lau Tse Mak",
)
OWN["own_ja"] = (
    "Haruki Yuki Sakura Aoi Hina Yui Rin Misaki Nanami Ayaka Haruka Kaori Keiko Yumiko Tomoko Naoko Akiko Michiko Kazuko Hiroko Emi Mai Miho Rie Chie Ren Yuto Sota Haruto Minato Riku Hiroto Kaito Daiki Takumi Naoki Kenta Shota Takeshi Hiroshi Kenji Takashi Makoto Osamu Satoshi Masato Kazuya Tatsuya Ryo Shun Jiro Ichiro Saburo Yosuke Daisuke Kosuke Shinji Koji",
    "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Yamaguchi Matsumoto Inoue Kimura Hayashi Shimizu Saito Yamazaki Mori Abe Ikeda Hashimoto Ishikawa Maeda Fujita Goto Okada Hasegawa Murakami Kondo Ishii Sakamoto Endo Aoki Fujii Nishimura Fukuda Ota Miura Okamoto Matsuda Nakagawa Nakano Harada Ono Tamura Takeuchi Kaneko Wada Ueda Morita Shibata Sakai Kudo Miyazaki Uchida Takagi Ando Oshima",
)
OWN["own_af"] = (
    "Abebe Almaz Bekele Dawit Eyerusalem Genet Haile Hana Kebede Liya Meseret Mulugeta Selam Tadesse Tigist Yonas Zewdu Abena Akosua Ama Efua Esi Kofi Kojo Kwabena Kwame Kwaku Yaa Amara Chidi Chioma Emeka Ifeoma Ngozi Nnamdi Obinna Olu Tunde Yemi Folake Bukola Segun Femi Aminata Fatou Mamadou Moussa Ousmane Ibrahima Awa Mariama Cheikh Boubacar "
    "Thabo Lerato Sipho Nomvula Thandi Bongani Zanele Mpho Kagiso Tendai Rudo Tatenda Chipo Farai Wanjiku Kamau Njoroge Achieng Otieno Wambui Mutua Nyambura Jelani Zuri Amani Baraka Neema Juma Halima Asha Mwajuma",
    "Tesfaye Gebre Wolde Alemu Girma Desta Assefa Mensah Owusu Boateng Asante Osei Appiah Agyeman Addo Nkrumah Okafor Okonkwo Eze Adeyemi Adebayo Ogunleye Balogun Nwosu Obi Chukwu Diallo Traoré Keita Diop Ndiaye Sow Ba Fall Cissé Koné Ouattara Camara Touré Sarr Dlamini Nkosi Ndlovu Khumalo Mokoena Zulu Mthembu Sithole Moyo Ncube Banda Phiri Mwangi Odhiambo Kimani Njuguna Kariuki Mutiso Ochieng Omondi Wekesa Mugisha Nakato Okello",
)
OWN["own_sea"] = (
    "Agus Budi Citra Dewi Eko Fitri Gita Hendra Indah Joko Kartika Lestari Made Nurul Putri Rina Siti Slamet Sri Tri Wahyu Wayan Yanti Yusuf Aisyah Farid Hafiz Nur Zulkifli Nadia Amirul Farhan Jose Maricel Rowena Jerome Analyn Rodel Cherry Crisanto Divina Edwin Ligaya Reynaldo Teresita Jun-jun Aung Kyaw Thida Zaw Su Myint Khin Sokha Bopha Dara Sophea Vanna Chanthou Somsak Bounmy Noy",
    "Wijaya Santoso Setiawan Hidayat Kurniawan Saputra Nugroho Pratama Susanto Suryadi Halim Gunawan Siregar Nasution Simanjuntak Hutagalung Ismail Osman Rahim Yusof Hassan Santos Reyes Cruz Bautista Ocampo Garcia Mendoza Dela-Cruz Villanueva Aquino Ramos Castillo Manalo Pangilinan Dimaculangan Magsaysay Win Htun Oo Aye Lwin Maung Sok Chea Kim Phan Vong Sithong Phommachanh",
)
