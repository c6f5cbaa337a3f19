package io.fieldgate.transport.poll;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one body as it comes and holds no thread meanwhile. The container calls, one thread at a time. */
final class BodyReader implements ReadListener {

    private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);
    private static final int CHUNK = 4096;

    private final ServletInputStream in;
    private final Exchange exchange;
    private final int max;
    private final BodyBudget budget;
    private final BiConsumer<byte[], Runnable> whole;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    private final byte[] chunk = new byte[CHUNK];
    private boolean over;

    /**
     * @param max the greatest body
     * @param whole takes the body, and what is to be run when the body is of no use any more
     */
    BodyReader(
            ServletInputStream in, Exchange exchange, int max, BodyBudget budget, BiConsumer<byte[], Runnable> whole) {
        this.in = in;
        this.exchange = exchange;
        this.max = max;
        this.budget = budget;
        this.whole = whole;
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!over && in.isReady() && !in.isFinished()) {
            int count = in.read(chunk);
            if (count > 0) {
                add(count);
            }
        }
    }

    @Override
    public void onAllDataRead() {
        if (!over) {
            over = true;
            int size = body.size();
            whole.accept(body.toByteArray(), () -> budget.giveBack(size));
        }
    }

    @Override
    public void onError(Throwable failure) {
        LOG.debug("a body has not come whole", failure);
        refuse(Refusal.badRequest("the body has not come whole"));
    }

    private void add(int count) {
        if (body.size() + count > max) {
            refuse(tooLarge(max));
        } else if (budget.take(count)) {
            body.write(chunk, 0, count);
        } else {
            refuse(Refusal.of(503, "too much is being sent at once (posts.max.bytes)"));
        }
    }

    static Refusal tooLarge(int max) {
        return Refusal.of(413, "a body may have " + max + " bytes (post.max.bytes)");
    }

    private void refuse(Refusal refusal) {
        if (!over) {
            over = true;
            budget.giveBack(body.size());
            exchange.refuse(refusal);
        }
    }
}
