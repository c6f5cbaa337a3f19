package io.fieldgate.launcher;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Fetches a file over HTTP. One that breaks off is asked for again, from where it broke off if the server can tell that it is still
 * the same one (RFC 9110, 13.1.5 and 14.2).
 *
 * <p>Nothing else of the command line leads to the classes of the HTTP client, which take their time to load.
 */
final class Download {

    private static final long TICK_MS = 100;

    private final HttpClient client;
    private final Limits limits;

    /**
     * How much and how long.
     *
     * @param maxBytes the greatest file
     * @param connect the longest time until the server is connected to
     * @param stall the longest time in which nothing comes
     * @param resumes how often it is asked for again
     * @param pause the time before that
     */
    record Limits(long maxBytes, Duration connect, Duration stall, int resumes, Duration pause) {

        /** Those of the command line. */
        static final Limits SHIPPED = new Limits(
                UpdateSource.MAX_BYTES, Duration.ofSeconds(10), Duration.ofSeconds(30), 5, Duration.ofSeconds(1));
    }

    /**
     * Prepares to fetch.
     *
     * @param trust whom to trust, or empty for whom the JVM trusts
     * @param limits how much and how long
     */
    Download(Optional<SSLContext> trust, Limits limits) {
        // A redirection from https to http is not followed.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(limits.connect());
        trust.ifPresent(builder::sslContext);
        client = builder.build();
        this.limits = limits;
    }

    /**
     * Fetches a file.
     *
     * @param url where from
     * @param to an empty file
     * @param progress is told how far it is
     * @throws CommandFailure if it cannot be fetched
     */
    void fetch(URI url, FileChannel to, Progress progress) throws CommandFailure, IOException, InterruptedException {
        DownloadState state = new DownloadState(to, limits.maxBytes());
        String broken = attempt(url, state, progress);
        for (int resume = 1; !broken.isEmpty(); resume++) {
            if (resume > limits.resumes()) {
                throw failure(
                        url,
                        "broke off after " + state.received() + " bytes"
                                + (state.total() < 0 ? "" : " of " + state.total()) + " and was asked for "
                                + limits.resumes() + " times again: " + broken);
            }
            TimeUnit.MILLISECONDS.sleep(limits.pause().toMillis());
            broken = attempt(url, state, progress);
        }
        progress.at(state.received(), state.total());
    }

    /** Asks once. Returns why it broke off, or nothing if all is there. */
    private String attempt(URI url, DownloadState state, Progress progress)
            throws CommandFailure, IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Accept-Encoding", "identity");
        state.range().forEach(request::header);
        DownloadBody.Handler handler = new DownloadBody.Handler(state);
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request.build(), handler);
        try {
            Optional<HttpResponse<Void>> response = await(answer, state, progress);
            return response.isPresent() ? ended(url, response.get(), state) : stalled(url, state);
        } catch (ExecutionException e) {
            return failed(url, e.getCause(), state);
        } finally {
            handler.stop();
            answer.cancel(true);
        }
    }

    /** The answer when all of it has come, or nothing if nothing came for too long. */
    private Optional<HttpResponse<Void>> await(
            CompletableFuture<HttpResponse<Void>> answer, DownloadState state, Progress progress)
            throws ExecutionException, InterruptedException {
        long last = state.received();
        long since = System.nanoTime();
        while (true) {
            try {
                return Optional.of(answer.get(TICK_MS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                long received = state.received();
                progress.at(received, state.total());
                long now = System.nanoTime();
                since = received == last ? since : now;
                last = received;
                if (now - since >= limits.stall().toNanos()) {
                    return Optional.empty();
                }
            }
        }
    }

    private String stalled(URI url, DownloadState state) throws CommandFailure {
        String what = "nothing came for " + seconds(limits.stall());
        if (!state.hasBegun()) {
            throw failure(url, what);
        }
        return what;
    }

    private String ended(URI url, HttpResponse<Void> response, DownloadState state) throws CommandFailure {
        int status = response.statusCode();
        if (state.tooLarge()) {
            throw UpdateSource.tooLarge(url.toString(), limits.maxBytes());
        }
        if (status == 200 || status == 206) {
            return state.isWhole() ? "" : "the end is missing";
        }
        // While it is restarted a server, or the proxy before it, may answer anything of this kind.
        if (state.hasBegun() && (status == 416 || status >= 500)) {
            return "the server answers " + status;
        }
        if (status >= 300 && status < 400) {
            throw failure(
                    url,
                    "the server leads on to "
                            + response.headers().firstValue("Location").orElse("nowhere")
                            + ", which is not followed: from https to http, or too often");
        }
        throw failure(url, "the server answers " + status);
    }

    private String failed(URI url, Throwable cause, DownloadState state) throws CommandFailure {
        Optional<IOException> disk = state.diskFailure();
        if (disk.isPresent()) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "what was fetched cannot be written: " + Complaint.sentence(disk.get()),
                    disk.get());
        }
        if (state.tooLarge()) {
            throw UpdateSource.tooLarge(url.toString(), limits.maxBytes());
        }
        if (!state.hasBegun() || !(cause instanceof IOException)) {
            throw failure(url, sentence(url, cause));
        }
        return sentence(url, cause);
    }

    private String sentence(URI url, Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return url.getHost() + " does not answer within " + seconds(limits.connect());
        }
        if (cause instanceof ConnectException) {
            return cause.getCause() instanceof UnresolvedAddressException || isUnresolved(cause)
                    ? "no host is called " + url.getHost()
                    : url.getHost() + " cannot be connected to";
        }
        if (cause instanceof SSLException) {
            return "the TLS of " + url.getHost() + " is not to be trusted (--cacert names whom to trust): "
                    + cause.getMessage();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static boolean isUnresolved(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause != null && cause.getCause() instanceof UnresolvedAddressException;
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private static CommandFailure failure(URI url, String why) {
        return new CommandFailure(ExitStatus.FAILED, url + " cannot be fetched: " + why);
    }
}
