# Where the load balancer is, for kickstand.vcl. Its probe goes through to an app server: with none left, places and pages
# already known are shown on, however old.
backend balancer {
	.host = "127.0.0.1";
	.port = "8081";
	.first_byte_timeout = 20s;
	.probe = {
		.url = "/readyz";
		.interval = 1s;
		.timeout = 2s;
		.window = 3;
		.threshold = 2;
		.initial = 2;
	}
}
