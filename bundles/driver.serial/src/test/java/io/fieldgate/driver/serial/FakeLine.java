package io.fieldgate.driver.serial;

import io.fieldgate.api.driver.DriverException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A line with a device that answers {@code GET} with a temperature and {@code SET} with OK. */
final class FakeLine implements Link.Opener {

    private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(1000);
    private volatile boolean away;

    void say(String text) {
        incoming.add(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void away(boolean gone) {
        away = gone;
    }

    @Override
    public Link open() throws DriverException {
        if (away) {
            throw new DriverException(DriverException.Reason.CONNECTION, "there is no line");
        }
        return new Link() {
            @Override
            public int read(byte[] into) {
                if (away) {
                    return -1;
                }
                try {
                    byte[] octets = incoming.poll(10, TimeUnit.MILLISECONDS);
                    if (octets == null) {
                        return 0;
                    }
                    System.arraycopy(octets, 0, into, 0, octets.length);
                    return octets.length;
                } catch (InterruptedException e) {
                    return -1;
                }
            }

            @Override
            public void send(byte[] octets) throws DriverException {
                String text = new String(octets, StandardCharsets.ISO_8859_1);
                if (away) {
                    throw new DriverException(DriverException.Reason.CONNECTION, "away");
                }
                if (text.startsWith("GET")) {
                    say("T=21.5;H=40\n");
                } else if (text.startsWith("SET ")) {
                    say("OK\n");
                }
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
