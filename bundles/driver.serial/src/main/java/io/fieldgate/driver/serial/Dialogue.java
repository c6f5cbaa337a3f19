package io.fieldgate.driver.serial;

import io.fieldgate.api.driver.DriverException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends, and waits for the answer if there has to be one. Used by the driver's lane alone. */
final class Dialogue {

    private final LineReader line;
    private final AnswerSlot slot;
    private final Charset charset;

    Dialogue(LineReader line, AnswerSlot slot, Charset charset) {
        this.line = line;
        this.slot = slot;
        this.charset = charset;
    }

    /** Sends a text and returns the groups of the answer, none if no answer is asked for. */
    Map<String, String> hold(Exchange exchange, String text) throws DriverException {
        byte[] octets = text.getBytes(charset);
        if (exchange.answer().isEmpty()) {
            line.send(octets);
            return Map.of();
        }
        CompletableFuture<Map<String, String>> answer =
                slot.await(exchange.answer().get());
        try {
            line.send(octets);
            return answer.get(exchange.timeoutMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DriverException(
                    DriverException.Reason.TIMEOUT,
                    exchange.name() + ": no answer in " + exchange.timeoutMillis() + " ms",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(DriverException.Reason.TIMEOUT, exchange.name() + ": interrupted", e);
        } catch (ExecutionException e) {
            throw new DriverException(DriverException.Reason.DEVICE, exchange.name() + ": no answer", e);
        } finally {
            slot.forget();
        }
    }
}
