package io.fieldgate.installer;

import io.fieldgate.api.gateway.UpdateException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request over HTTP that cannot be done: a problem of RFC 9457. */
final class HttpProblem extends Exception {

    private static final long serialVersionUID = 1L;

    /** When to come again after a 503, in seconds. */
    private static final int RETRY_S = 5;

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(507, "Insufficient Storage"));

    private final int status;
    private final String reason;
    private final String header;
    private final String value;

    HttpProblem(int status, String detail) {
        this(status, detail, "", "", "");
    }

    private HttpProblem(int status, String detail, String reason, String header, String value) {
        super(detail);
        this.status = status;
        this.reason = reason;
        this.header = header;
        this.value = value;
    }

    /** The resource has not this method. */
    static HttpProblem method(String allow) {
        return new HttpProblem(405, "this resource takes " + allow, "", "Allow", allow);
    }

    /**
     * Nobody has shown who they are (RFC 9110, 11.6.1).
     *
     * @param fromPage whether a script in a page asks, which does not want the browser's own dialog that Basic would bring up
     */
    static HttpProblem unauthorized(String detail, boolean fromPage) {
        String basic = fromPage ? "" : ", Basic realm=\"Fieldgate\", charset=\"UTF-8\"";
        return new HttpProblem(401, detail, "", "WWW-Authenticate", "Bearer" + basic);
    }

    /** Too much at once. */
    static HttpProblem busy(String detail) {
        return new HttpProblem(503, detail, "", "Retry-After", Integer.toString(RETRY_S));
    }

    /** What came is not what was sent; the answer says which digests are understood (RFC 9530, 4). */
    static HttpProblem digest(String detail) {
        return new HttpProblem(400, detail, "", "Want-Content-Digest", ContentDigest.WANTED);
    }

    /** The installer refuses. */
    static HttpProblem of(UpdateException refusal) {
        UpdateException.Reason reason = refusal.reason();
        String id = reason.name().toLowerCase(Locale.ROOT);
        if (reason == UpdateException.Reason.BUSY) {
            return new HttpProblem(503, refusal.getMessage(), id, "Retry-After", Integer.toString(RETRY_S));
        }
        int status = switch (reason) {
            case UNUSABLE -> 422;
            case SIGNATURE -> 403;
            case UNKNOWN -> 404;
            default -> 409;
        };
        return new HttpProblem(status, refusal.getMessage(), id, "", "");
    }

    /** The answer, complete. */
    HttpReply reply() {
        HttpReply reply = HttpReply.problem(status, json -> {
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", TITLES.getOrDefault(status, "Error"));
            json.writeNumberField("status", status);
            UpdateJson.ifPresent(json, "reason", Optional.of(reason).filter(known -> !known.isEmpty()));
            json.writeStringField("detail", getMessage());
        });
        return header.isEmpty() ? reply : reply.with(header, value);
    }
}
