# A CDN for Kickstand: caches responses as their Cache-Control allows, and nothing else. The same rules apply to any CDN that
# supports s-maxage and stale-while-revalidate; docs/operating/topologies.md lists them.
vcl 4.1;

import std;

include "backend.vcl";

sub vcl_recv {
	unset req.http.X-Cache;
	if (req.restarts > 0) {
		# Restarted by vcl_hit: the cached object is too old.
		set req.grace = 0s;
		return (hash);
	}
	# Forwarding headers are not part of the cache key, so they must not influence any answer.
	unset req.http.Forwarded;
	unset req.http.X-Forwarded-Host;
	unset req.http.X-Forwarded-Port;
	unset req.http.X-Forwarded-Prefix;
	unset req.http.X-Forwarded-Scheme;
	unset req.http.X-Forwarded-Server;
	unset req.http.X-Forwarded-Ssl;
	unset req.http.X-Host;
	unset req.http.X-HTTP-Host-Override;
	unset req.http.X-HTTP-Method-Override;
	unset req.http.X-Original-Host;
	unset req.http.X-Original-Method;
	unset req.http.X-Original-Uri;
	unset req.http.X-Original-Url;
	unset req.http.X-Rewrite-Host;
	unset req.http.X-Rewrite-Uri;
	unset req.http.X-Rewrite-Url;
	if (req.http.X-Forwarded-Proto !~ "^https?$") {
		set req.http.X-Forwarded-Proto = "http";
	}
	# Streams are passed through and not cached.
	if (req.url ~ "^/v1/live(\?|$)") {
		return (pipe);
	}
	# These depend on a rider's position or on the current moment: no two responses are the same.
	if (req.url ~ "^/v1/(zones/nearby|plan|reports)|^/(readyz|healthz)") {
		return (pass);
	}
	set req.url = std.querysort(req.url);
	# These are the same for everybody: the rider's cookie, which clients send with all of /v1, has no effect on them. All other
	# requests with a cookie or an Authorization header are passed and never cached, by Varnish's built-in rules.
	if ((req.method == "GET" || req.method == "HEAD")
		&& req.url ~ "^/(v1/(tiles/|sources|app-config|zones(\.csv|/changes|/[0-9a-z]+(/forecast)?)?(\?|$))|ogc|basemap/|(console/)?assets/|openapi\.json)") {
		unset req.http.Cookie;
		if (req.url ~ "^/v1/zones") {
			# One cached object per format instead of one per Accept header.
			if (req.http.Accept ~ "application/geo\+json") {
				set req.http.Accept = "application/geo+json";
			} else {
				set req.http.Accept = "application/json";
			}
		}
	}
}

sub vcl_backend_response {
	if (beresp.status >= 500) {
		# An older cached object is better than an error; the next request tries again.
		if (bereq.is_bgfetch) {
			return (abandon);
		}
		set beresp.ttl = 0s;
		set beresp.grace = 0s;
		set beresp.uncacheable = true;
		return (deliver);
	}
	if (beresp.http.Cache-Control ~ "stale-while-revalidate=\d+") {
		# Stale for as long as the response allows while the load balancer is healthy (see vcl_hit), and for a day while it is not.
		set beresp.http.X-Stale = regsub(beresp.http.Cache-Control, ".*stale-while-revalidate=(\d+).*", "\1") + "s";
		set beresp.grace = 24h;
	} else {
		set beresp.grace = 0s;
	}
	# Kept for revalidation by ETag: most tiles do not change.
	set beresp.keep = 1h;
}

sub vcl_hit {
	set req.http.X-Cache = "hit";
	if (obj.ttl <= 0s) {
		set req.http.X-Cache = "stale";
		if (req.restarts == 0 && std.healthy(balancer)
			&& obj.ttl + std.duration(obj.http.X-Stale, 0s) <= 0s) {
			return (restart);
		}
	}
}

sub vcl_miss {
	set req.http.X-Cache = "miss";
}

sub vcl_pass {
	set req.http.X-Cache = "pass";
}

sub vcl_backend_error {
	set beresp.http.Content-Type = "application/problem+json; charset=utf-8";
	set beresp.http.Cache-Control = "no-store";
	set beresp.http.Retry-After = "5";
	set beresp.body = {"{"type":"/docs#problem-not-ready","title":"The service is starting or stopping","status":503,"code":"not-ready","detail":"No app server is available. Try again in 5 s.","requestId":"cdn" }"};
	set beresp.status = 503;
	return (deliver);
}

sub vcl_deliver {
	unset resp.http.X-Stale;
	unset resp.http.X-Varnish;
	if (req.http.X-Cache != "pass" && req.http.X-Cache != "miss") {
		# In a cached response, these are the limits of another client.
		unset resp.http.RateLimit;
		unset resp.http.RateLimit-Policy;
	}
	set resp.http.X-Cache = req.http.X-Cache;
}
