package io.fieldgate.core;

import java.time.Duration;

/**
 * The checked configuration of sessions and handlers.
 *
 * @param takeover how long a session waits for its next handler
 * @param arrival how long a new client waits for a handler that has just gone
 * @param parkWait how long a handler's {@code unregister} waits for callbacks
 * @param callbackLate how long a callback of a departed handler may hold its session
 * @param queueMessages bound of a session's outbound queue
 * @param queueBytes bound of a session's outbound queue, and of what is read ahead
 * @param readAhead how many messages of a session may wait for their handler
 * @param threads how many callbacks that may block run at once
 * @param share how many of these threads one handler can hold
 */
record SocketLimits(
        Duration takeover,
        Duration arrival,
        Duration parkWait,
        Duration callbackLate,
        int queueMessages,
        int queueBytes,
        int readAhead,
        int threads,
        int share) {

    static SocketLimits of(SocketGateway.Config config) {
        int threads = ConfigRange.within("threads", config.threads(), 1, 256);
        int percent = ConfigRange.within("share.per.path.percent", config.share_per_path_percent(), 1, 100);
        return new SocketLimits(
                Duration.ofSeconds(ConfigRange.within("takeover.s", config.takeover_s(), 1, 600)),
                Duration.ofSeconds(ConfigRange.within("arrival.s", config.arrival_s(), 1, 60)),
                Duration.ofMillis(ConfigRange.within("park.wait.ms", config.park_wait_ms(), 0, 2000)),
                Duration.ofSeconds(ConfigRange.within("callback.late.s", config.callback_late_s(), 1, 600)),
                ConfigRange.within("queue.max.messages", config.queue_max_messages(), 1, 1_048_576),
                ConfigRange.within("queue.max.bytes", config.queue_max_bytes(), 1024, 1_073_741_824),
                ConfigRange.within("read.ahead.messages", config.read_ahead_messages(), 1, 1024),
                threads,
                Math.max(1, threads * percent / 100));
    }
}
