package io.fieldgate.handler.live;

import io.fieldgate.api.gateway.PointException;
import java.util.Map;

/** A request over HTTP that cannot be done: a problem of RFC 9457. */
final class HttpProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            406, "Not Acceptable",
            413, "Content Too Large",
            415, "Unsupported Media Type",
            502, "Bad Gateway",
            503, "Service Unavailable",
            504, "Gateway Timeout");

    private final int status;
    private final String allow;

    HttpProblem(int status, String detail) {
        this(status, detail, "");
    }

    private HttpProblem(int status, String detail, String allow) {
        super(detail);
        this.status = status;
        this.allow = allow;
    }

    /** The resource has not this method. */
    static HttpProblem method(String allow) {
        return new HttpProblem(405, "this resource takes " + allow, allow);
    }

    /** The hardware could not do it. */
    static HttpProblem of(PointException failure) {
        return switch (failure.reason()) {
            case UNKNOWN_POINT -> new HttpProblem(404, failure.getMessage());
            case READ_ONLY -> new HttpProblem(405, failure.getMessage(), ApiServlet.READ_METHODS);
            case WRITE_ONLY -> new HttpProblem(405, failure.getMessage(), "PUT");
            case FORBIDDEN -> new HttpProblem(403, failure.getMessage());
            case WRONG_TYPE, OUT_OF_RANGE, NO_SAFE_VALUE -> new HttpProblem(400, failure.getMessage());
            case BUSY, DISCONNECTED -> new HttpProblem(503, failure.getMessage());
            case TIMEOUT -> new HttpProblem(504, failure.getMessage());
            default -> new HttpProblem(502, failure.getMessage());
        };
    }

    /** The answer, complete. */
    HttpAnswer answer() {
        byte[] body = LiveJson.object(json -> {
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", TITLES.getOrDefault(status, "Error"));
            json.writeNumberField("status", status);
            json.writeStringField("detail", getMessage());
        });
        HttpAnswer answer = new HttpAnswer(status, "application/problem+json", body);
        if (!allow.isEmpty()) {
            return answer.with("Allow", allow);
        }
        return status == 503 ? answer.with("Retry-After", "1") : answer;
    }
}
