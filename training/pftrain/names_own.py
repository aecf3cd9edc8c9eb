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
