package rules

// groupWords are the words about identifiers in general, in the languages of
// the countries in the tables. What one of them names directly is an
// identifier of the group's free form (id_free.go); elsewhere near a number
// they let a row of the tables prove itself. Those with '?' only do the latter.
var groupWords = map[topic]string{
	aboutNational: `national_id* national_identi* nationalid* identity_card* identity_number* identity_no* identity_document* ?identification_number*
		?identification_no* id_number* id_no ?id_card* ?idcard* id_nr* personal_number* personal_no personal_id* personal_identi*
		?person_number* citizen_id* citizen_card* citizen_number* citizenship_number* resident_id* residence_permit* government_id* gov_id* govt_id* ?nin ?nid civil_id* ?registration_number* ?personal_code*
		ausweisnummer* ausweis_nr* personalausweis* ?ausweis* identitatskarte* ?identitat* ?kennnummer* ?personenkennz* ?personennummer* aufenthaltstitel*
		carte_d_identite* carte_nationale* numero_national* cni ?identifiant_national* piece_d_identite* titre_de_sejour*
		documento_de_ident* documento_nacional* documento_nac* cedula* numero_de_identidad* ?documento doc_ident* tarjeta_de_identidad*
		cartao_de_cidadao* cartao_cidadao bilhete_de_identidade* carteira_de_identidade* ?identidade
		carta_d_identita* carta_identita* documento_d_identita* ?cie
		identiteitskaart* identiteitsnummer* ?id_kaart* rijksregister* ?persoonsnummer*
		numer_dowodu* nr_dowodu* dowod_osobisty* dowodu_osobistego ?dowod ?dowodu obcansky_prukaz* obcansk* cislo_op op_cislo ?rodne* ?szemelyi* carte_de_identitate* ?buletin ?ci_seria lichna_karta osobna_iskaznica osobna_izkaznica
		personnummer* personnr* identitetsnummer* ?id_kort* ?legitimation* henkilotunnus* henkilokort* kennitala ?isikukood* ?personas_kods* ?asmens_kodas* asmens_kortel*
		kimlik_no* kimlik_numara* ?kimlik* ?tc_kimlik* ?ktp ?nik mykad kad_pengenalan*
		身份证 身份證 身分證 证件号 證件號 身份号 公民身份 在留カード ?マイナンバー ?個人番号 ?本人確認 주민등록 주민번호 신분증 외국인등록 บัตรประชาชน เลขประจำตัว
		паспорт удостоверение_личности ?егн ?личная ?идентифик ταυτότητα ταυτότητας ?αδτ תעודת_זהות מספר_זהות ?ת.ז ?ת״ז رقم_الهوية الهوية आधार`,
	aboutTax: `tax_id* taxid* tax_number* tax_no tax_ident* tax_ref* taxpayer_id* taxpayer_n* ?taxpayer* ?tin tin_no* tin_number* tax_file_n* ?tax_code* ?fiscal_code* fiscal_number* ?fiscal_id* vat_id* vat_no vat_number* vatin
		steuer_id* ?steueridnr* steuer_ident* ?steuerident* steuernummer* steuer_nr* ?steuer ?idnr ust_id* umsatzsteuer_id*
		numero_fiscal* numero_d_identification_fiscale* identifiant_fiscal* reference_fiscale* ?spi
		?nif identificacion_fiscal* ?codigo_fiscal* identificacion_tributaria* ?contribuinte* ?contribuyente* numero_de_contribuinte* ?rut ?cuit ?cuil ?nit ?ruc
		?codice_fiscale* ?codicefiscale ?cod_fisc* ?partita_iva* ?p_iva* ?piva
		fiscaal_nummer* btw_nummer* ?rsin ?fiscaal*
		?nip numer_podatkowy* ?podatkow* ?dic ?dan ?cod_fiscal* adoszam* adoazonosito* ?oib ?afm ?davcna*
		vergi_no* vergi_numara* ?npwp ?cpf ?cnpj ?inn ?irpef
		纳税人识别号 税号 ?統一編號 ?税務番号 ?납세자 ?инн ?налог ?αφμ`,
	aboutSocial: `social_security* social_insurance_n* ?social_insurance* ?soc_sec* national_insurance_n* ?national_insurance* insurance_number* insurance_no ?ssn ?ssns ?ssno
		sozialversicherungsn* ?sozialversicherung* ?sozialvers* rentenversicherungsn* ?rentenversicherung* versicherungsnummer* versicherungsnr* versichertennummer* versicherten_nr* svnr sv_nr* sv_nummer* ?rvnr rv_nummer* ahv_n* ?ahv* ?avs*
		numero_de_securite_sociale* ?securite_sociale* ?secu numero_de_secu* num_secu* numero_ss ?nir ?insee ?assure_social* ?immatriculation*
		numero_de_seguridad_social* numero_de_la_seguridad_social* ?seguridad_social* ?seguro_social* numero_de_afiliacion* ?afiliacion* ?nuss ?nss ?seguranca_social* ?niss ?pis ?pasep ?nis
		?previdenza_sociale* ?inps ?bsn ?burgerservice* ?sofinummer* ?sofi_nummer* ?zus ?ubezpieczen* ?taj ?tajszam* ?amka ?αμκα
		社会保障号 ?社会保障 ?社保 ?사회보장 ?снилс`,
	aboutHealth: `health_id* health_card_n* ?health_card* health_number* health_insurance_n* health_insurance_id* ?health_insurance* healthcare_number* healthcare_id* nhs_number* nhs_no ?nhs medicare_number* medicare_no medicare_id* medicare_card_n* ?medicare* medicaid_id* medicaid_n* ?medicaid* ?chi_number*
		krankenversichertennummer* krankenversicherungsnummer* ?krankenkasse* ?krankenvers* ?versichertenkarte* ?gesundheitskarte* ?kvnr ?egk ?carte_vitale* ?carte_sante* numero_de_tarjeta_sanitaria* tarjeta_sanitaria* ?sns numero_de_utente* ?utente* ?tessera_sanitaria* zorgverzekeringsnummer* ?zorgverzeker* ?hic_number* ?hicn ?mbi ?nhi 保険証番号 被保険者番号 医保`,
	aboutPassport: `passport_number* passport_no passport_num* passport_id* passport passports reisepass* passnummer* pass_nr* passeport* pasaporte* passaporte* passaporto* paspoort* paszport* numer_paszportu* pasport_cislo cestovni_pas* cislo_pasu utlevel* pasaport* passi_number* passinumero* ?pass_no* passnr* putovnic* diaversio διαβατήριο διαβατηρίου travel_document_n* travel_doc*
		护照 護照 旅券 パスポート 여권 загранпаспорт загран דרכון جواز_السفر`,
	aboutLicence: `driver_license* driver_licence* drivers_license* drivers_licence* driver_s_license* driver_s_licence* driving_license* driving_licence* licence_number* license_number* dl_number* dl_no driving_permit* driverlicense* ?licence_no ?license_no
		fuhrerschein* fuhrerscheinnummer* permis_de_conduire* numero_de_permis* licencia_de_conducir* licencia_de_manejo* carnet_de_conducir* permiso_de_conducir* carta_de_conducao* carteira_de_motorista* carteira_de_habilitacao* patente_di_guida* patente_numero* rijbewijs* prawo_jazdy* prawa_jazdy* ridicsky_prukaz* ridicskeho jogositvany* vezetoi_engedely* permis_auto* korkort* forerkort* korekort* ajokortti* ajokortin* ehliyet* surucu_belgesi* vozacka* sim_number
		驾驶证 駕駛執照 駕照 運転免許 免許証 운전면허 водительск права_номер רישיון_נהיגה رخصة_القيادة δίπλωμα_οδήγησης`,
	aboutAccount: `iban ibans iban_n* account_number* account_no account_num accountnumber* account_nbr acct_no acct_num* acct_nbr acct_number* acctno a_c_no a_c_number bank_account bank_acct* bank_a_c checking_account savings_account deposit_account* giro_account* beneficiary_account* brokerage_account* loan_number* loan_no
		customer_number* customer_no customer_num* customernumber* custno cust_no* client_number* client_no clientnumber* member_number* member_no member_id* membership_number* membership_no membership_id* memberid* subscriber_id* subscriber_number* policy_number* policy_no policynumber* policyholder_n* policy_id* insurance_policy* group_policy* claim_number* certificate_number
		patient_number* patient_no patient_id* patientid* medical_record* mrn mrns hospital_number* hospital_no chart_number* health_record_n* beneficiary_id* beneficiary_number* enrollee_id* loyalty_number* loyalty_card* frequent_flyer* frequent_flier* mileage_plus* skywards* employee_number* employee_id* personnel_number* staff_number* student_number* student_id* pension_number* credit_card* debit_card* card_number* cardnumber*
		kundennummer* kunden_nr* kundennr* kd_nr* kdnr kundenkonto* kontonummer* konto_nr* kontonr* bankkonto* girokonto* mitgliedsnummer* mitglieds_nr* mitgliedsnr* policennummer* policen_nr* versicherungsschein* patientennummer* patienten_nr* patienten_id* fallnummer* personalnummer* personal_nr* matrikelnummer* matrikel_nr* depotnummer* depot_nr* vielfliegernummer* kartennummer*
		numero_client* numero_de_client* n_client* no_client code_client* identifiant_client* numero_de_compte* n_de_compte* no_de_compte* compte_bancaire* numero_d_adherent* numero_adherent* n_adherent* numero_de_police* numero_police* numero_de_contrat_d_assurance* numero_de_patient* numero_patient* ipp numero_de_dossier_medical* numero_de_membre* numero_etudiant*
		numero_de_cliente* numero_cliente* n_cliente* num_cliente* codigo_de_cliente* codigo_cliente* numero_de_cuenta* n_de_cuenta* cuenta_bancaria* cuenta_corriente* cuenta_de_ahorros numero_de_socio* numero_socio* n_socio numero_de_poliza* n_poliza* poliza_no poliza_n* numero_de_paciente* numero_de_historia* historia_clinica* ccc
		numero_da_conta* numero_de_conta* conta_bancaria* conta_corrente* n_da_conta numero_da_apolice* apolice_n* numero_de_socio* prontuario* numero_do_cliente* numero_da_carteirinha* carteirinha*
		numero_conto* numero_di_conto* conto_corrente* codice_cliente* numero_cliente* numero_di_polizza* numero_polizza* polizza_n* numero_tessera* numero_paziente* codice_paziente* matricola_n*
		klantnummer* klant_nr* klantnr* rekeningnummer* rekening_nr* polisnummer* polis_nr* lidnummer* lidmaatschapsnummer* patientnummer* relatienummer*
		numer_klienta* nr_klienta* numer_konta* nr_konta* numer_rachunku* nr_rachunku* numer_polisy* nr_polisy* numer_pacjenta* numer_czlonkowski*
		kundnummer* kundnr* kundenummer* kundenr* medlemsnummer* medlemsnr* forsakringsnummer* forsikringsnummer* patientnummer* pasientnummer* bankkontonummer* asiakasnumero* asiakasnro* tilinumero* jasennumero* vakuutusnumero* potilasnumero*
		cislo_uctu* zakaznicke_cislo* cislo_zakaznika* cislo_klienta* cislo_pojistky* cislo_pojistenca* ugyfelszam* szamlaszam* bankszamlaszam* kotvenyszam* numar_client* numar_cont* cod_client* numar_polita* broj_racuna* broj_klijenta* broj_police*
		musteri_no* musteri_numara* hesap_no* hesap_numara* police_no* hasta_no* uye_no* nomor_rekening* no_rekening* nomor_pelanggan* nomor_polis* nomor_anggota* no_akaun*
		账号 账户 賬號 銀行帳號 银行卡号 客户编号 客户号 会员号 会员编号 會員編號 保单号 病历号 口座番号 口座 会員番号 お客様番号 顧客番号 証券番号 診察券番号 患者番号 계좌번호 계좌 고객번호 회원번호 증권번호 환자번호 เลขที่บัญชี
		номер_счета номер_счёта расчетный_счет лицевой_счет номер_клиента номер_полиса номер_карты номер_пациента αριθμός_λογαριασμού αριθμός_πελάτη מספר_חשבון מספר_לקוח رقم_الحساب رقم_العميل खाता_संख्या`,
	aboutOther: `phone* telephone* telefon* tel tels mobile* mobil* cell cellphone* fax* whatsapp* sms handy* movil* celular* portable* gsm msisdn* hotline*
		order* invoice* tracking* isbn* issn* sku* part_no* part_number* serial* ticket* batch* po ref refno* build* version* commit* lot upc ean asin
		epoch* timestamp* offset* size bytes port pid duration* price* amount* total* count* latency* created* updated* modified* expires* ts
		bestell* rechnung* commande* pedido* factura* fattura* zamowieni* faktur* ordernummer* uuid guid hash sha* md5 trace* span* request_id* session*
		电话 手机 電話 订单 注文 전화 주문 тел телефон заказ τηλ`,
}
