package io.fieldgate.shell;

import io.fieldgate.api.data.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client asks. Before it may stand {@code AS <role> <address> <name>}, for whom the client speaks; without it that is the
 * local administrator, so nothing is gained by leaving it out: who can send this may do everything anyway.
 */
sealed interface Request {

    /** The greatest command, in bytes. */
    int COMMAND_MAX = 64 * 1024;

    /** The greatest secret, in bytes. */
    int SECRET_MAX = 1024;

    /** For whom the client speaks. */
    Caller caller();

    /**
     * {@code RUN <columns> [<rows>]}, then the command until the client sends no more, in UTF-8. Before it may stand
     * {@code SECRET <bytes>} and a secret of so many bytes.
     *
     * @param caller for whom
     * @param secret what the command needs and must not be in its text
     * @param size of the client's terminal
     * @param command the text of the command
     */
    record Run(Caller caller, Optional<Secret> secret, WindowSize size, String command) implements Request {}

    /**
     * {@code ATTACH <columns> <rows> <TERM>}, then frames for as long as the client stays.
     *
     * @param caller for whom
     * @param size of the client's terminal
     * @param terminal what kind it is, as in the environment variable {@code TERM}
     */
    record Attach(Caller caller, WindowSize size, String terminal) implements Request {}

    /**
     * Reads a request; what follows an {@link Attach} is left in the input.
     *
     * @param input what the client sends
     * @param limit the time within which all of it must have come
     * @throws IllegalArgumentException if it is not of that form or too long, with a line that says so
     * @throws InterruptedIOException if the time is up
     */
    static Request read(ClientInput input, Duration limit) throws IOException {
        return new Reader(input, limit).read();
    }

    /** Reads one request. */
    final class Reader {

        private static final Pattern AS =
                Pattern.compile("AS (viewer|operator|admin) ([0-9A-Za-z.:%_-]{1,64}) ([ -~]{1,120})");
        private static final Pattern SECRET = Pattern.compile("SECRET (\\d{1,4})");
        private static final Pattern RUN = Pattern.compile("RUN (\\d{1,5})(?: (\\d{1,5}))?");
        private static final Pattern ATTACH = Pattern.compile("ATTACH (\\d{1,5} \\d{1,5}) ([A-Za-z0-9._+-]{1,64})");
        private static final int LINE_MAX = 256;
        private static final int DRAIN_MAX = 16 * 1024 * 1024;

        private final ClientInput input;
        private final long end;

        private Reader(ClientInput input, Duration limit) {
            this.input = input;
            end = System.nanoTime() + limit.toNanos();
        }

        private Request read() throws IOException {
            String line = line();
            Caller caller = Caller.LOCAL;
            Matcher as = AS.matcher(line);
            if (as.matches()) {
                caller = new Caller(Role.of(as.group(1)), as.group(3), as.group(2));
                line = line();
            }
            Optional<Secret> secret = Optional.empty();
            Matcher length = SECRET.matcher(line);
            if (length.matches()) {
                secret = Optional.of(secret(Integer.parseInt(length.group(1))));
                line = line();
            }
            Matcher run = RUN.matcher(line);
            if (run.matches()) {
                String rows = run.group(2) == null ? "0" : run.group(2);
                return new Run(caller, secret, WindowSize.of(run.group(1) + ' ' + rows), command());
            }
            Matcher attach = ATTACH.matcher(line);
            if (attach.matches() && secret.isEmpty()) {
                return new Attach(caller, WindowSize.of(attach.group(1)), attach.group(2));
            }
            throw new IllegalArgumentException(
                    "a request begins with the line RUN <columns> [<rows>] or ATTACH <columns> <rows> <TERM>");
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int octet = next(); octet != '\n' && octet != ClientInput.END; octet = next()) {
                // Of what is too long the end is of no interest: it is no request anyway.
                if (line.length() < LINE_MAX) {
                    line.append((char) octet);
                } else {
                    return line.toString();
                }
            }
            return line.toString();
        }

        private Secret secret(int length) throws IOException {
            if (length > SECRET_MAX) {
                throw new IllegalArgumentException("a secret has at most " + SECRET_MAX + " bytes");
            }
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                int octet = next();
                if (octet == ClientInput.END) {
                    throw new IllegalArgumentException("the secret is shorter than was said");
                }
                bytes[i] = (byte) octet;
            }
            return new Secret(text(bytes));
        }

        /** All of it is read even if it is too long, or the client would fail in writing it and never see the answer. */
        private String command() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int length = 0;
            for (int octet = next(); octet != ClientInput.END && length < DRAIN_MAX; octet = next()) {
                length++;
                if (length <= COMMAND_MAX) {
                    bytes.write(octet);
                }
            }
            if (length > COMMAND_MAX) {
                throw new IllegalArgumentException("a command has at most " + COMMAND_MAX + " bytes");
            }
            return text(bytes.toByteArray());
        }

        private static String text(byte[] bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("a request must be UTF-8", e);
            }
        }

        private int next() throws IOException {
            long rest = end - System.nanoTime();
            if (rest < 1_000_000) {
                throw new InterruptedIOException("the request did not come in time");
            }
            return input.read(Duration.ofNanos(rest));
        }
    }
}
