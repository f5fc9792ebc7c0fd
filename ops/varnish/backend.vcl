# Address of the load balancer, for kickstand.vcl. The probe reaches an app server: while none is healthy, cached zones and pages
# are served however old.
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
