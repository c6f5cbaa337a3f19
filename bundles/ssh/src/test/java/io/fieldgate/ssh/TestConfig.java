package io.fieldgate.ssh;

import java.lang.annotation.Annotation;

/** A configuration in code. */
record TestConfig(String address, int port, int sessions_max, int idle_s, String keys) implements SshAccess.Config {

    /** The defaults, on a free port. */
    static final TestConfig FREE_PORT = new TestConfig("127.0.0.1", 0, 8, 1800, "etc/authorized_keys");

    TestConfig withPort(int number) {
        return new TestConfig(address, number, sessions_max, idle_s, keys);
    }

    TestConfig withAddress(String name) {
        return new TestConfig(name, port, sessions_max, idle_s, keys);
    }

    TestConfig withSessionsMax(int max) {
        return new TestConfig(address, port, max, idle_s, keys);
    }

    TestConfig withIdle(int seconds) {
        return new TestConfig(address, port, sessions_max, seconds, keys);
    }

    TestConfig withKeys(String path) {
        return new TestConfig(address, port, sessions_max, idle_s, path);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return SshAccess.Config.class;
    }
}
