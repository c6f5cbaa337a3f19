package io.fieldgate.transport.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * A body that is read as it comes, before its request goes on. What comes together with the head is there at once, in most cases all of it.
 *
 * <p><b>Threading.</b> Jetty reads on one thread at a time, the selector's mostly; the {@link Watch} may give it up at the same time.
 */
final class SmallBody implements Incoming {

    private static final int FIRST_BYTES = 512;

    private final BodyIntake intake;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final int mostBytes;
    private final long began = System.nanoTime();

    private byte[] bytes; // guarded by this, as all below
    private int count;
    private int paid;
    private Throwable failure;
    private boolean over;
    private Optional<WatchedConnection> connection = Optional.empty();

    /** How far a reading has got. */
    private enum Progress {
        PART,
        WHOLE,
        LARGE,
        NO_ROOM,
        FAILED
    }

    SmallBody(BodyIntake intake, Request request, Response response, Callback callback) {
        this.intake = intake;
        this.request = request;
        this.response = response;
        this.callback = callback;
        mostBytes = intake.smallMaxBytes(request);
        long length = request.getLength();
        bytes = new byte[length < 0 ? FIRST_BYTES : (int) Math.min(length, FIRST_BYTES)];
    }

    /** Reads what is there. If that is all, the request goes on at once; else it waits without a thread. */
    boolean begin() throws Exception {
        Progress progress;
        synchronized (this) {
            progress = read();
            if (progress == Progress.PART) {
                connection = BodyIntake.watched(request);
                connection.ifPresent(known -> known.begin(this));
                Request.addCompletionListener(request, done -> hasEnded());
                progress = pay();
            }
            if (progress == Progress.PART) {
                demand();
                return true;
            }
            over = true;
        }
        return goOn(progress);
    }

    @Override
    public synchronized boolean isTooSlow(long now, Bounds bounds) {
        long nanos = now - began;
        return nanos >= TimeUnit.SECONDS.toNanos(bounds.bodySeconds())
                && count < TimeUnit.NANOSECONDS.toSeconds(nanos) * bounds.minBytesPerSecond();
    }

    @Override
    public void giveUp() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        ProblemAnswer.send(BodyIntake.LATE, request, response, callback);
    }

    private synchronized void onAvailable() {
        if (over) {
            return;
        }
        Progress progress = read();
        if (progress == Progress.PART) {
            progress = pay();
        }
        if (progress == Progress.PART) {
            demand();
            return;
        }
        over = true;
        Progress reached = progress;
        // This may be the selector's thread, and a servlet may block.
        request.getComponents()
                .getExecutor()
                .execute(() -> LateHandling.run((same, answer, done) -> goOn(reached), request, response, callback));
    }

    /** With the lock: this may look whether there is more, and when a body is given up nobody else must be reading it. */
    private void demand() {
        request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::onAvailable));
    }

    private boolean goOn(Progress progress) throws Exception {
        connection.ifPresent(WatchedConnection::end);
        return switch (progress) {
            case WHOLE -> intake.serve(new WholeBody(request, ByteBuffer.wrap(bytes, 0, count)), response, callback);
            case LARGE -> refuse(intake.tooLong(request));
            case NO_ROOM -> refuse(BodyIntake.busy("too much is being sent at once (bodies.max.bytes)"));
            default -> refuse(problem());
        };
    }

    private boolean refuse(Problem problem) {
        ProblemAnswer.send(problem, request, response, callback);
        return true;
    }

    /** What is wrong with what came is the client's fault. */
    private Problem problem() {
        if (failure instanceof TimeoutException) {
            return BodyIntake.LATE;
        }
        int status = failure instanceof HttpException known ? known.getCode() : HttpStatus.BAD_REQUEST_400;
        return new Problem(status, "the body has not come whole");
    }

    private Progress read() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                return Progress.PART;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failure = chunk.getFailure();
                return Progress.FAILED;
            }
            if (count + chunk.remaining() > mostBytes) {
                chunk.release();
                return Progress.LARGE;
            }
            add(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (last) {
                return Progress.WHOLE;
            }
        }
    }

    private void add(ByteBuffer more) {
        int size = more.remaining();
        if (count + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(count + size, 2 * bytes.length));
        }
        more.get(bytes, count, size);
        count += size;
    }

    /** Pays for the memory that the body takes so far. */
    private Progress pay() {
        int more = bytes.length - paid;
        if (more > 0 && !intake.budget().take(more)) {
            return Progress.NO_ROOM;
        }
        paid += more;
        return Progress.PART;
    }

    /** The request has been answered, or its client has gone. */
    private synchronized void hasEnded() {
        over = true;
        connection.ifPresent(WatchedConnection::end);
        intake.budget().giveBack(paid);
        paid = 0;
    }
}
