package io.fieldgate.transport.poll;

import java.util.Set;

/**
 * The configuration, checked.
 *
 * @param sessionsMax how many sessions there may be
 * @param resumeSeconds how long a session stays that no stream or poll is attached to, and how long its end is told
 * @param waitSeconds how long a poll waits for news
 * @param keepaliveSeconds silence after which a stream gets a comment
 * @param keepMaxMessages how many messages of a session are kept until they are acknowledged
 * @param keepMaxBytes how many bytes of them; the message that reaches the bound is kept as well
 * @param keepTotalBytes how many bytes all sessions keep together; beyond it each keeps {@link Kept#LEAST_BYTES}
 * @param postMaxBytes the greatest body of a POST
 * @param postsMaxBytes how many bytes of bodies may be there at a time, of all sessions together
 * @param postWaitSeconds how long a POST waits for its handler
 * @param messagesPerSecond how many messages a client may post; 0 for any
 * @param loopbackLimits whether that counts for clients on this machine as well
 */
record Settings(
        int sessionsMax,
        int resumeSeconds,
        int waitSeconds,
        int keepaliveSeconds,
        int keepMaxMessages,
        int keepMaxBytes,
        int keepTotalBytes,
        int postMaxBytes,
        int postsMaxBytes,
        int postWaitSeconds,
        int messagesPerSecond,
        boolean loopbackLimits) {

    /** This machine, and what {@code transport.http} calls a client at a Unix domain socket. */
    private static final Set<String> LOOPBACK = Set.of("::1", "[::1]", "0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]", "unix");

    /** How many messages one POST may have. */
    static final int POST_MAX_MESSAGES = 1000;

    Settings {
        check("sessions.max", sessionsMax, 1, 65_536);
        check("resume.s", resumeSeconds, 1, 3600);
        check("wait.s", waitSeconds, 1, 55);
        check("keepalive.s", keepaliveSeconds, 1, 55);
        check("keep.max.messages", keepMaxMessages, 64, 65_536);
        check("keep.max.bytes", keepMaxBytes, 1024, 16_777_216);
        check("keep.total.bytes", keepTotalBytes, keepMaxBytes, 268_435_456);
        check("post.max.bytes", postMaxBytes, 1024, 16_777_216);
        check("posts.max.bytes", postsMaxBytes, postMaxBytes, 268_435_456);
        check("post.wait.s", postWaitSeconds, 1, 55);
        check("messages.per.s", messagesPerSecond, 0, 1_000_000);
    }

    /** Tells whether a client is held to a rate of messages. */
    boolean limits(String address) {
        return messagesPerSecond > 0 && (loopbackLimits || !(address.startsWith("127.") || LOOPBACK.contains(address)));
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ", is " + value);
        }
    }
}
