package io.fieldgate.ssh;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the configuration says, checked.
 *
 * @param address where to listen
 * @param port 0 for any free port
 * @param sessionsMax the most connections that are logged in, and the most shells and commands at once over all of them
 * @param idle the silence after which a connection is closed
 * @param keys the file with the public keys
 */
record Settings(InetAddress address, int port, int sessionsMax, Duration idle, Path keys) {

    private static final int PORT_MAX = 65_535;
    private static final int SESSIONS_LIMIT = 64;
    private static final int IDLE_MIN_S = 10;
    private static final int IDLE_MAX_S = 86_400;

    /**
     * Checks a configuration.
     *
     * @param home the home of the gateway, from which a relative path goes
     * @throws IllegalArgumentException with key and value of what is not allowed
     */
    static Settings of(SshAccess.Config config, Path home) {
        if (config.keys().isBlank()) {
            throw new IllegalArgumentException("keys must be the path of a file, is empty");
        }
        return new Settings(
                address(config.address()),
                within("port", config.port(), 0, PORT_MAX),
                within("sessions.max", config.sessions_max(), 1, SESSIONS_LIMIT),
                Duration.ofSeconds(within("idle.s", config.idle_s(), IDLE_MIN_S, IDLE_MAX_S)),
                home.resolve(config.keys()));
    }

    private static int within(String key, int value, int least, int greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + greatest + ", is " + value);
        }
        return value;
    }

    private static InetAddress address(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("address must be a name or an IP address of this machine, is empty");
        }
        try {
            return InetAddress.getByName(name.strip());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "address must be a name or an IP address of this machine, is " + name + ", which is unknown", e);
        }
    }
}
