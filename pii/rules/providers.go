package rules

// provider is a family of credentials with a fixed prefix.
type provider struct {
	prefix   string
	body     charset // what may follow the prefix
	min, max int     // length of the body in bytes
	digits   int     // at least so many digits in the body
}

const (
	word  = alnum | wordMark
	token = base64URL
	long  = 512 // no documented limit
)

// providers lists the prefixes by which issuers mark their credentials so
// that scanners find them. Sources: the issuers' documentation on token
// formats (GitHub "Token expiration and revocation", GitLab "Token
// overview", Slack "Token types", Stripe "API keys", AWS IAM "Unique
// identifiers", npm, PyPI, DigitalOcean, Hugging Face …) and gitleaks'
// config/gitleaks.toml (MIT) for lengths. Minimum lengths lean to recall: an
// issuer may shorten a token, prose does not contain these prefixes.
var providers = []provider{
	// Model providers.
	{prefix: "sk-", body: alnum, min: 20, max: long, digits: 1},
	{prefix: "sk-proj-", body: token, min: 16, max: long, digits: 1},
	{prefix: "sk-svcacct-", body: token, min: 16, max: long, digits: 1},
	{prefix: "sk-admin-", body: token, min: 16, max: long, digits: 1},
	{prefix: "sk-None-", body: token, min: 16, max: long, digits: 1},
	{prefix: "sk-ant-", body: token, min: 16, max: long, digits: 1},
	{prefix: "sk-or-", body: token, min: 16, max: long, digits: 1},
	{prefix: "sk-live-", body: token, min: 16, max: long, digits: 1},
	{prefix: "sk-test-", body: token, min: 16, max: long, digits: 1},
	{prefix: "sk-lf-", body: token, min: 16, max: long, digits: 1},
	{prefix: "hf_", body: alnum, min: 20, max: long},
	{prefix: "api_org_", body: alnum, min: 20, max: long},
	{prefix: "gsk_", body: alnum, min: 20, max: long, digits: 1},
	{prefix: "r8_", body: alnum, min: 30, max: long, digits: 1},
	{prefix: "pplx-", body: alnum, min: 32, max: long, digits: 1},
	{prefix: "xai-", body: alnum, min: 40, max: long, digits: 1},
	{prefix: "tgp_v1_", body: token, min: 24, max: long},
	{prefix: "fw_", body: alnum, min: 22, max: 32, digits: 2},
	{prefix: "nvapi-", body: token, min: 32, max: long},
	{prefix: "lsv2_", body: word, min: 30, max: long, digits: 1},
	{prefix: "co_live_", body: word, min: 20, max: long},
	{prefix: "pcsk_", body: word, min: 30, max: long},

	// Code hosts and registries.
	{prefix: "ghp_", body: alnum, min: 20, max: long, digits: 1},
	{prefix: "gho_", body: alnum, min: 20, max: long, digits: 1},
	{prefix: "ghu_", body: alnum, min: 20, max: long, digits: 1},
	{prefix: "ghs_", body: token | dot, min: 20, max: long, digits: 1},
	{prefix: "ghr_", body: alnum, min: 20, max: long, digits: 1},
	{prefix: "github_pat_", body: word, min: 22, max: long},
	{prefix: "glpat-", body: token | dot, min: 16, max: long},
	{prefix: "gldt-", body: token, min: 16, max: long},
	{prefix: "glrt-", body: token | dot, min: 16, max: long},
	{prefix: "glcbt-", body: token, min: 16, max: long},
	{prefix: "glptt-", body: token, min: 16, max: long},
	{prefix: "glft-", body: token, min: 16, max: long},
	{prefix: "glsoat-", body: token, min: 16, max: long},
	{prefix: "gloas-", body: token, min: 16, max: long},
	{prefix: "ATBB", body: alnum, min: 28, max: 40, digits: 1},
	{prefix: "ATATT3", body: token | equals, min: 100, max: long},
	{prefix: "npm_", body: alnum, min: 30, max: long, digits: 1},
	{prefix: "pypi-", body: token, min: 50, max: long},
	{prefix: "rubygems_", body: alnum, min: 40, max: 60},
	{prefix: "dckr_pat_", body: token, min: 20, max: long},
	{prefix: "dckr_oat_", body: token, min: 20, max: long},
	{prefix: "oy2", body: lower | digit, min: 43, max: 43, digits: 1},
	{prefix: "sgp_", body: word, min: 40, max: long},

	// Clouds and hosting.
	{prefix: "AKIA", body: upper | digit, min: 16, max: 16},
	{prefix: "ASIA", body: upper | digit, min: 16, max: 16, digits: 1},
	{prefix: "ABIA", body: upper | digit, min: 16, max: 16, digits: 1},
	{prefix: "ACCA", body: upper | digit, min: 16, max: 16, digits: 1},
	{prefix: "ABSK", body: alnum | plusSlash | equals, min: 100, max: long},
	{prefix: "AIza", body: token, min: 30, max: 60},
	{prefix: "ya29.", body: token | dot, min: 20, max: long},
	{prefix: "GOCSPX-", body: token, min: 20, max: long},
	{prefix: "1//0", body: token, min: 30, max: long},
	{prefix: "dop_v1_", body: alnum, min: 32, max: long},
	{prefix: "doo_v1_", body: alnum, min: 32, max: long},
	{prefix: "dor_v1_", body: alnum, min: 32, max: long},
	{prefix: "HRKU-", body: token, min: 30, max: long},
	{prefix: "flyv1_", body: base64Any | equals, min: 40, max: long},
	{prefix: "fo1_", body: token, min: 40, max: long},
	{prefix: "LTAI", body: alnum, min: 16, max: 20, digits: 1},
	{prefix: "AKID", body: alnum, min: 32, max: 36, digits: 1},
	{prefix: "hvs.", body: token, min: 20, max: long},
	{prefix: "hvb.", body: token, min: 20, max: long},
	{prefix: "tfp_", body: alnum, min: 40, max: long},
	{prefix: "pul-", body: alnum, min: 40, max: 40, digits: 1},
	{prefix: "dapi", body: lower | digit | dash, min: 32, max: 36, digits: 5},
	{prefix: "nfp_", body: token, min: 36, max: 60},
	{prefix: "sbp_", body: alnum, min: 36, max: 60, digits: 1},
	{prefix: "sb_secret_", body: token, min: 20, max: 60},
	{prefix: "pscale_tkn_", body: token | dot, min: 32, max: long},
	{prefix: "pscale_pw_", body: token | dot, min: 32, max: long},
	{prefix: "pscale_oauth_", body: token | dot, min: 32, max: long},
	{prefix: "dp.pt.", body: alnum, min: 40, max: 44},
	{prefix: "dp.st.", body: token | dot, min: 40, max: long},
	{prefix: "tskey-", body: token, min: 16, max: long, digits: 1},
	{prefix: "AGE-SECRET-KEY-1", body: upper | digit, min: 58, max: 58},
	{prefix: "ops_eyJ", body: base64Any | equals, min: 60, max: long},
	{prefix: "p8e-", body: alnum, min: 32, max: 32},

	// Messaging and mail.
	{prefix: "xoxb-", body: token, min: 10, max: long, digits: 1},
	{prefix: "xoxp-", body: token, min: 10, max: long, digits: 1},
	{prefix: "xoxa-", body: token, min: 10, max: long, digits: 1},
	{prefix: "xoxr-", body: token, min: 10, max: long, digits: 1},
	{prefix: "xoxs-", body: token, min: 10, max: long, digits: 1},
	{prefix: "xoxo-", body: token, min: 10, max: long, digits: 1},
	{prefix: "xoxc-", body: token, min: 10, max: long, digits: 1},
	{prefix: "xoxd-", body: token | localMark, min: 10, max: long},
	{prefix: "xoxe-", body: token, min: 10, max: long, digits: 1},
	{prefix: "xoxe.", body: token | dot, min: 10, max: long, digits: 1},
	{prefix: "xapp-", body: token, min: 10, max: long, digits: 1},
	{prefix: "SG.", body: token | dot, min: 30, max: long},
	{prefix: "key-", body: hexDigit, min: 32, max: 32, digits: 4},
	{prefix: "xkeysib-", body: token, min: 40, max: long},
	{prefix: "xsmtpsib-", body: token, min: 40, max: long},
	{prefix: "re_", body: word, min: 24, max: 40, digits: 2},
	{prefix: "SK", body: hexDigit &^ upper, min: 32, max: 32, digits: 4},
	{prefix: "AC", body: hexDigit &^ upper, min: 32, max: 32, digits: 4},
	{prefix: "hooks.slack.com/services/", body: word | plusSlash, min: 20, max: long},
	{prefix: "discord.com/api/webhooks/", body: token | plusSlash, min: 40, max: long},
	{prefix: "discordapp.com/api/webhooks/", body: token | plusSlash, min: 40, max: long},

	// Payment and commerce.
	{prefix: "sk_live_", body: alnum, min: 10, max: long},
	{prefix: "sk_test_", body: alnum, min: 10, max: long},
	{prefix: "rk_live_", body: alnum, min: 10, max: long},
	{prefix: "rk_test_", body: alnum, min: 10, max: long},
	{prefix: "whsec_", body: base64Any | equals, min: 16, max: long},
	{prefix: "sq0atp-", body: token, min: 20, max: 60},
	{prefix: "sq0csp-", body: token, min: 20, max: 60},
	{prefix: "shpat_", body: hexDigit, min: 32, max: 32},
	{prefix: "shpca_", body: hexDigit, min: 32, max: 32},
	{prefix: "shppa_", body: hexDigit, min: 32, max: 32},
	{prefix: "shpss_", body: hexDigit, min: 32, max: 32},
	{prefix: "rzp_live_", body: alnum, min: 14, max: 24},
	{prefix: "FLWSECK-", body: token, min: 20, max: long, digits: 1},
	{prefix: "FLWSECK_TEST-", body: token, min: 12, max: long},
	{prefix: "access_token$production$", body: alnum | localMark, min: 30, max: long},
	{prefix: "EZAK", body: alnum, min: 54, max: 54},
	{prefix: "lin_api_", body: alnum, min: 32, max: 60},
	{prefix: "lin_oauth_", body: alnum, min: 32, max: 80},

	// Observability, identity, work tools.
	{prefix: "glc_", body: base64Any | equals, min: 32, max: long},
	{prefix: "glsa_", body: word, min: 32, max: long},
	{prefix: "sntrys_", body: base64Any | equals, min: 40, max: long},
	{prefix: "sntryu_", body: alnum, min: 40, max: long},
	{prefix: "NRAK-", body: alnum, min: 27, max: 27},
	{prefix: "NRJS-", body: alnum, min: 19, max: 19},
	{prefix: "phc_", body: alnum, min: 30, max: 60},
	{prefix: "phx_", body: word, min: 30, max: 60},
	{prefix: "ntn_", body: alnum, min: 40, max: 60, digits: 2},
	{prefix: "secret_", body: alnum, min: 40, max: 50, digits: 2},
	{prefix: "figd_", body: token, min: 36, max: 60},
	{prefix: "PMAK-", body: token, min: 50, max: 70},
	{prefix: "CFPAT-", body: token, min: 40, max: 60},
	{prefix: "EAA", body: alnum, min: 80, max: long, digits: 4},
	{prefix: "pat-na1-", body: alnum | dash, min: 36, max: 36},
	{prefix: "pat-eu1-", body: alnum | dash, min: 36, max: 36},
	{prefix: "dt0c01.", body: alnum | dot, min: 80, max: 100},
	{prefix: "AQ.", body: token, min: 40, max: long, digits: 1},
	{prefix: "v1.0-", body: hexDigit | dash, min: 100, max: 300},
	{prefix: "sl.", body: token, min: 100, max: long, digits: 4},
	{prefix: "vercel_", body: alnum, min: 24, max: 60, digits: 1},
	{prefix: "rnd_", body: alnum, min: 24, max: 60, digits: 1},
	{prefix: "clh_", body: token, min: 30, max: long, digits: 1},
	{prefix: "sk_", body: alnum, min: 32, max: long, digits: 4},
}
