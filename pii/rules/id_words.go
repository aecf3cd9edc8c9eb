package rules

// groupWords are the words about identifiers in general, in the languages of
// the countries in the tables. A number near them must still prove itself.
var groupWords = map[topic]string{
	aboutNational: `national_id* national_identi* nationalid* identity_card* identity_number* identity_no* identity_document* identification_number*
		identification_no* id_number* id_no* id_card* idcard* id_nr* idnr identifier personal_number* personal_no* personal_id* personal_code* personal_identi*
		person_number* citizen_id* citizen_card* citizen_number* citizenship_number* resident_id* residence_permit* government_id* gov_id* govt_id* nin nid civil_id* registration_number*
		ausweis* personalausweis* identitatskarte* identitat* kennnummer* personenkennz* personennummer*
		carte_d_identite* carte_nationale* numero_national* cni identifiant_national* piece_d_identite*
		documento_de_ident* documento_nacional* documento_nac* cedula* numero_de_identi* documento_ident* ?documento doc_ident* tarjeta_de_identidad*
		cartao_de_cidadao* cartao_cidadao bilhete_de_identidade* numero_de_ident* identidade
		carta_d_identita* carta_identita* documento_d_identita* cie
		identiteit* identiteitskaart* id_kaart* rijksregister* persoonsnummer* 
		dowod* numer_dowodu* dowodu obcansk* cislo_op op_cislo rodne* szemelyi* carte_de_identitate* buletin ci_seria lichna_karta osobna_iskaznica osebna_izkaznica
		personnummer* personnr identitetsnummer* id_kort* legitimation* henkilotunnus* henkilokortti* kennitala isikukood* personas_kods* asmens_kodas* asmens_kortel*
		kimlik* tc_kimlik* ktp nik mykad kad_pengenalan* 
		身份证 身份證 身分證 证件号 證件號 居民身份 身份号 公民身份 マイナンバー 個人番号 本人確認 주민등록 주민번호 신분증 บัตรประชาชน เลขประจำตัว
		паспорт паспорта ЕГН егн личная идентифик ταυτότητα ταυτότητας ΑΔΤ תעודת ת.ז ת״ז זהות هوية الهوية रहवासी आधार`,
	aboutTax: `tax_id* taxid* tax_number* tax_no* tax_ident* tax_ref* taxpayer* tax_payer* ?tin tin_no* tin_number* tax_file* tax_code* fiscal_code* fiscal_number* fiscal_id* vat_id* vat_no* vat_number* vatin
		steuer_id* steueridnr* steuer_ident* steuerident* steuernummer* steuer_nr* ?steuer idnr ust_id* umsatzsteuer*
		numero_fiscal* numero_d_identification_fiscale* identifiant_fiscal* reference_fiscale* numero_fiscale* spi
		nif identificacion_fiscal* codigo_fiscal* identificacion_tributaria* contribuinte* contribuyente* numero_de_contribuinte* rfc rut cuit cuil nit ruc
		codice_fiscale* codicefiscale cod_fisc* partita_iva* p_iva* piva
		fiscaal_nummer* btw_nummer* rsin fiscaal*
		nip numer_podatkowy* ?podatkow* dic ?dan cod_fiscal* adoszam* adoazonosito* oib afm afm_arithmos davcna*
		vergi_no* vergi_numara* npwp cpf cnpj inn irpef
		纳税人 税号 税号 統一編號 税務番号 납세자 ИНН инн налог ΑΦΜ αφμ מס_הכנסה`,
	aboutSocial: `social_security* social_insurance* soc_sec* national_insurance* insurance_number* insurance_no* ssn* ssno
		sozialversicherung* sozialvers* rentenversicherung* versicherungsnummer* versicherungsnr* versichertennummer* versicherten_nr* svnr sv_nr* sv_nummer* rvnr rv_nummer* ahv* avs*
		securite_sociale* secu numero_de_secu* num_secu* numero_ss nir insee assure_social* immatriculation*
		seguridad_social* seguro_social* afiliacion* nuss nss seguranca_social* niss pis pasep nis nit_pis
		previdenza_sociale* inps bsn burgerservice* sofinummer* sofi_nummer* zus ubezpieczen* taj tajszam* amka ΑΜΚΑ
		社会保障 社保 사회보장`,
	aboutHealth: `health_id* health_card* health_number* health_insurance* healthcare_number* healthcare_id* nhs medicare* medicaid* patient_id* patient_no* patient_number* medical_record* mrn hospital_number* hospital_no* chi_number*
		krankenkasse* krankenvers* versichertenkarte* gesundheitskarte* kvnr egk carte_vitale* carte_sante* tarjeta_sanitaria* sns utente* tessera_sanitaria* zorgverzeker* medicare_number* medicare_no* medicare_card* hic_number* hicn mbi nhi`,
	aboutOther: `phone* telephone* telefon* tel tels mobile* mobil* cell cellphone* fax* whatsapp* sms handy* movil* celular* portable* gsm msisdn* hotline*
		order* invoice* tracking* isbn* issn* sku* part_no* part_number* serial* ticket* batch* po ref refno* build* version* commit* lot upc ean asin
		epoch* timestamp* offset* size bytes port pid duration* price* amount* total* count* latency* created* updated* modified* expires* ts
		bestell* rechnung* commande* pedido* factura* fattura* zamowieni* faktur* ordernummer* uuid guid hash sha* md5 trace* span* request_id* session*
		电话 手机 電話 订单 注文 전화 주문 тел телефон заказ τηλ`,
}
