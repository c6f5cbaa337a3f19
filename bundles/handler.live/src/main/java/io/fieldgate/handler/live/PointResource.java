package io.fieldgate.handler.live;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.Write;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET} and {@code PUT /api/points/{id}}. */
final class PointResource {

    private static final Logger LOG = LoggerFactory.getLogger(PointResource.class);

    private final Points points;
    private final Writes writes;

    PointResource(Points points, Writes writes) {
        this.points = points;
        this.writes = writes;
    }

    void service(HttpServletRequest request, String id) throws IOException, HttpProblem {
        if (!ApiServlet.isRead(request) && !request.getMethod().equals("PUT")) {
            throw HttpProblem.method(ApiServlet.READ_METHODS + ", PUT");
        }
        ApiServlet.requireJson(request);
        PointInfo info = info(id);
        if (ApiServlet.isRead(request)) {
            read(request, info.id());
        } else {
            write(request, info);
        }
    }

    /** An id that is not even of the right form names no point either. */
    private PointInfo info(String id) throws HttpProblem {
        try {
            return points.info(PointId.of(id)).orElseThrow(() -> new HttpProblem(404, "no device has the point " + id));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(404, e.getMessage());
        }
    }

    private void read(HttpServletRequest request, PointId point) throws IOException, HttpProblem {
        String fresh = request.getParameter("fresh");
        if ("true".equals(fresh)) {
            answer(request, points.refresh(point));
        } else if (fresh == null || fresh.equals("false")) {
            Sample sample = points.latest(point).orElseThrow(() -> new HttpProblem(404, "no device has " + point));
            of(sample).send(ApiServlet.begin(request));
        } else {
            throw new HttpProblem(400, "fresh must be true or false");
        }
    }

    private void write(HttpServletRequest request, PointInfo point) throws IOException, HttpProblem {
        Write by = Write.by(user(request), request.getRemoteAddr());
        if (Writes.refuses(Optional.of(point), by)) {
            answer(request, writes.write(Writes.refused(point.id(), by)));
            return;
        }
        String type = request.getContentType();
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new HttpProblem(415, "the body must be application/json");
        }
        try {
            Request members = Request.members(body(request));
            answer(request, writes.write(Writes.prepare(point, members, by, Optional.empty())));
        } catch (RequestException e) {
            throw new HttpProblem(400, e.getMessage());
        } catch (PointException e) {
            throw HttpProblem.of(e);
        }
    }

    /** Whom nobody has let in may do nothing that needs a role. */
    private static User user(HttpServletRequest request) {
        return request.getAttribute(User.ATTRIBUTE) instanceof User user ? user : new User(User.ANONYMOUS, Role.VIEWER);
    }

    private static String body(HttpServletRequest request) throws IOException, HttpProblem {
        byte[] body = request.getInputStream().readNBytes(Request.MAX_BYTES + 1);
        if (body.length > Request.MAX_BYTES) {
            throw new HttpProblem(413, "the body has at most " + Request.MAX_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new HttpProblem(400, "the body is not UTF-8");
        }
    }

    private static HttpAnswer of(Sample sample) {
        return HttpAnswer.json(json -> LiveJson.writeSample(json, sample));
    }

    /** Answers when the hardware has; {@link Points} promises that it or its time-out will. */
    private static void answer(HttpServletRequest request, CompletionStage<Sample> stage) {
        AsyncContext context = ApiServlet.begin(request);
        context.setTimeout(0);
        stage.whenComplete((sample, failure) -> {
            try {
                HttpAnswer answer = failure == null
                        ? of(sample)
                        : HttpProblem.of(Failure.of(failure)).answer();
                answer.send(context);
            } catch (IOException | IllegalStateException e) {
                LOG.debug("an answer could not be sent, its client has gone", e);
            }
        });
    }
}
