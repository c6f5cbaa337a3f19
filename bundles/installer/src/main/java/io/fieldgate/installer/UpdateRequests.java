package io.fieldgate.installer;

import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.StagedBundle;
import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateOptions;
import io.fieldgate.api.security.Audit;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands to the installer what users ask for who may. Each try stands in the audit log.
 *
 * <p><b>Threading.</b> Safe for use by many threads. An upload holds the thread of its request until it is on the disk.
 */
final class UpdateRequests {

    private static final Logger LOG = LoggerFactory.getLogger(UpdateRequests.class);

    /** How many jars are taken in at a time. */
    static final int UPLOADS_MAX = 4;

    private static final Set<String> TYPES =
            Set.of("", "application/java-archive", "application/octet-stream", "application/zip");

    private final Installer installer;
    private final Doorkeeper door;
    private final Semaphore uploads;

    /** What is tried for a user. */
    @FunctionalInterface
    private interface Attempt {

        Update make() throws IOException, UpdateException, HttpProblem;
    }

    UpdateRequests(Installer installer, Doorkeeper door, int uploadsMax) {
        this.installer = installer;
        this.door = door;
        uploads = new Semaphore(uploadsMax);
    }

    /** Takes a jar in and asks for the update. Of the body nothing is read before all that stands in the head is in order. */
    HttpReply put(HttpServletRequest request, User user, String name) throws HttpProblem, IOException {
        return attempt(request, user, "update", name, () -> {
            UpdateOptions options = options(request, user);
            requireJar(request);
            ContentDigest digest = ContentDigest.of(request.getHeaders("Content-Digest"));
            if (!uploads.tryAcquire()) {
                throw HttpProblem.busy("too many jars are being sent at once");
            }
            try {
                return upload(new UploadStream(request.getInputStream(), digest), name, options);
            } finally {
                uploads.release();
            }
        });
    }

    /** Asks for the version before. */
    HttpReply rollback(HttpServletRequest request, User user, String name) throws HttpProblem, IOException {
        return attempt(request, user, "rollback", name, () -> installer.rollback(name, options(request, user)));
    }

    private Update upload(UploadStream body, String name, UpdateOptions options)
            throws HttpProblem, IOException, UpdateException {
        try (StagedBundle staged = stage(body)) {
            body.check();
            if (!staged.symbolicName().equals(name)) {
                throw new HttpProblem(422, "the jar is of " + staged.symbolicName() + ", the path of " + name);
            }
            return installer.update(List.of(staged), options);
        }
    }

    private StagedBundle stage(UploadStream body) throws HttpProblem, IOException, UpdateException {
        try {
            return installer.stage(body);
        } catch (UpdateException e) {
            if (e.reason() == UpdateException.Reason.UNUSABLE) {
                body.check(); // if it was damaged on its way, that is the better answer
            }
            throw e;
        } catch (IOException e) {
            if (body.isBroken()) {
                throw new HttpProblem(400, "the body has not come whole");
            }
            LOG.error("a jar could not be kept that was sent for an update", e);
            throw new HttpProblem(507, "the jar could not be kept, the gateway's log says why");
        }
    }

    private HttpReply attempt(HttpServletRequest request, User user, String action, String name, Attempt attempt)
            throws HttpProblem, IOException {
        boolean done = false;
        try {
            Update update = attempt.make();
            done = true;
            boolean already = update.state() == Update.State.COMMITTED;
            HttpReply reply = HttpReply.json(already ? 200 : 202, json -> UpdateJson.update(json, update));
            return already ? reply : reply.with("Location", "/api/updates/" + update.id());
        } catch (UpdateException e) {
            throw HttpProblem.of(e);
        } finally {
            door.record(request, user, action, name, done ? Audit.Outcome.DONE : Audit.Outcome.FAILED);
        }
    }

    /** Never as from this machine: where nobody is trusted, nothing comes in over HTTP. */
    private static UpdateOptions options(HttpServletRequest request, User user) throws HttpProblem {
        UpdateOptions options = UpdateOptions.of(user.name(), Doorkeeper.address(request));
        if (HttpEndpoint.flag(request, "allow-downgrade")) {
            options = options.allowingDowngrade();
        }
        return HttpEndpoint.flag(request, "allow-refresh") ? options.allowingRefresh() : options;
    }

    private static void requireJar(HttpServletRequest request) throws HttpProblem {
        String type = request.getContentType() == null ? "" : request.getContentType();
        if (!TYPES.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                || request.getHeader("Content-Encoding") != null) {
            throw new HttpProblem(415, "the body must be the jar as it is, application/java-archive");
        }
        if (request.getHeader("Content-Range") != null) {
            // RFC 9110, 14.5: a part must not be taken for the whole.
            throw new HttpProblem(400, "the body must be the whole jar, not a range of it");
        }
    }
}
