package io.fieldgate.launcher;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * The body of one answer, on its way into the file. Of an answer that is not wanted nothing is read.
 *
 * <p><b>Threading.</b> The HTTP client calls it from one thread at a time; any may stop it.
 */
final class DownloadBody implements BodySubscriber<Void> {

    private final Handler handler;
    private final boolean wanted;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private Subscription subscription;

    private DownloadBody(Handler handler, boolean wanted) {
        this.handler = handler;
        this.wanted = wanted;
    }

    /** Decides what becomes of the body of one answer. */
    static final class Handler implements HttpResponse.BodyHandler<Void> {

        private final DownloadState state;

        /** Guarded by {@link #state}. */
        private boolean stopped;

        Handler(DownloadState state) {
            this.state = state;
        }

        @Override
        public BodySubscriber<Void> apply(ResponseInfo response) {
            synchronized (state) {
                return new DownloadBody(this, !stopped && state.answered(response.statusCode(), response.headers()));
            }
        }

        /** Nothing of this answer is written from here on. */
        void stop() {
            synchronized (state) {
                stopped = true;
            }
        }

        private boolean write(List<ByteBuffer> parts) {
            synchronized (state) {
                return !stopped && state.write(parts);
            }
        }
    }

    @Override
    public CompletionStage<Void> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        if (wanted) {
            subscription.request(1);
        } else {
            subscription.cancel();
            end.complete(null);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        if (handler.write(parts)) {
            subscription.request(1);
        } else {
            subscription.cancel();
            end.completeExceptionally(new IOException("no more is wanted"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
