package rules_test

import "testing"

func TestURL(t *testing.T) {
	check(t, []row{
		{"user and password", "see https://joe:s3cret@host.example/x?y=1 now", []string{"url https://joe:s3cret@host.example/x?y=1"}},
		{"ftp", "ftp://joe:pw@host.example/file.", []string{"url ftp://joe:pw@host.example/file"}},
		{"token in place of a user", "git clone https://x9f8e7d6c5b4a39281706f5e@git.example/r.git", []string{"url https://x9f8e7d6c5b4a39281706f5e@git.example/r.git"}},
		{"users path", "https://api.example.com/v1/users/elena.markovic/orders", []string{"url https://api.example.com/v1/users/elena.markovic/orders"}},
		{"profile path", "(https://example.com/profile/elena-markovic)", []string{"url https://example.com/profile/elena-markovic"}},
		{"home page", "http://cs.example.edu/~emarkovic/", []string{"url http://cs.example.edu/~emarkovic/"}},
		{"LinkedIn", "https://www.linkedin.com/in/elena-markovic-1a2b/", []string{"url https://www.linkedin.com/in/elena-markovic-1a2b/"}},
		{"LinkedIn without scheme", "linkedin.com/in/elena-markovic, thanks", []string{"url linkedin.com/in/elena-markovic"}},
		{"handle", "https://mastodon.social/@elena", []string{"url https://mastodon.social/@elena"}},
		{"TikTok", "https://www.tiktok.com/@elena.m/video/1", []string{"url https://www.tiktok.com/@elena.m/video/1"}},
		{"twitter", "twitter.com/elena_m and https://x.com/elena_m", []string{"url twitter.com/elena_m", "url https://x.com/elena_m"}},
		{"token in the query", "https://example.com/reset?token=abcdef123456&lang=en", []string{"url https://example.com/reset?token=abcdef123456&lang=en"}},
		{"signed URL", "https://b.s3.example/o?X-Amz-Expires=60&X-Amz-Signature=0123456789abcdef0123456789abcdef", []string{"url https://b.s3.example/o?X-Amz-Expires=60&X-Amz-Signature=0123456789abcdef0123456789abcdef"}},
		{"token in the fragment", "https://app.example/#access_token=abc123def456", []string{"url https://app.example/#access_token=abc123def456"}},
		{"in Markdown", "[me](https://example.com/users/elena) there", []string{"url https://example.com/users/elena"}},
		{"in an image link", "[![b](https://example.com/users/elena)](https://example.com/x)", []string{"url https://example.com/users/elena"}},
		{"in JSON", `{"u":"https://example.com/users/elena"}`, []string{"url https://example.com/users/elena"}},
		{"full-width and zero-width", "ｈttps://joe:s3\u200bcret@host.example/", []string{"url ｈttps://joe:s3\u200bcret@host.example/"}},
		{"Postgres: the password only", "postgres://app:s3cr3t@db.internal:5432/app", []string{"secret s3cr3t"}},
		{"MongoDB", "mongodb+srv://root:Pa55w.rd@cluster0.example.net/?w=majority", []string{"secret Pa55w.rd"}},
		{"Redis without a user", "redis://:hunter2@cache:6379/0", []string{"secret hunter2"}},
		{"AMQP", "amqp://guest:gu3st@mq:5672/vhost", []string{"secret gu3st"}},
		{"MySQL with driver", "mysql+pymysql://u:p4ss@h/db", []string{"secret p4ss"}},
		{"JDBC", "jdbc:postgresql://u:p4ss@h/db", []string{"secret p4ss"}},
		{"password with a slash", "postgres://app:s3/cr3t@db/app", []string{"secret s3/cr3t"}},
		{"password with an at", "postgres://app:s3@cr3t@db/app", []string{"secret s3@cr3t"}},
		{"database, password in the query", "jdbc:mysql://db/app?user=x&password=hunter2&ssl=true", []string{"secret hunter2"}},
		{"weak password all the same", "postgres://postgres:postgres@localhost/x", []string{"secret postgres"}},
	})
	clean(t,
		"https://example.com/", "https://example.com/a/b?c=d#e", "https://example.com/users/42", "https://example.com/users/{id}", "https://example.com/users/:id",
		"https://example.com/users/me", "https://example.com/users/550e8400-e29b-41d4-a716-446655440000", "https://example.com/users", "https://example.com/users/login",
		"https://example.com/users/deadbeef0123", "ssh://git@github.com/org/repo.git", "https://twitter.com/intent/tweet?text=hi", "https://www.facebook.com/sharer/sharer.php?u=x",
		"https://github.com/golang/go/issues/1", "https://example.com/?page=2&token=", "https://example.com/?token=TOKEN", "https://example.com/?token=<token>",
		"postgres://user:${PASSWORD}@host/db", "postgres://user:<password>@host/db", "postgres://user@host/db", "postgres://host/db", "redis://cache:6379", "https://user:****@host/",
		"://", "a://b", "http://", "https://[2001:db8::/32", "http://localhost:8080/x@y", "linkedin.com/company/acme", "t.me/joinchat", "example.com/users/elena",
		"https://example.com/?code=200&key=abc", "https://cdn.example.com/lib@1.2.3/x.js", "https://www.youtube.com/watch?v=abc", "file:///etc/hosts",
	)
}
