package io.fieldgate.launcher;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Brings what Felix itself has to say into the log: its messages, and its events, for most of its errors are events only.
 *
 * <p>Felix takes a logger only if it is a subclass of its own class.
 */
final class FrameworkLog extends Logger implements FrameworkListener {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("framework");

    @Override
    protected void doLog(int level, String message, Throwable cause) {
        LOG.atLevel(level(level)).setCause(cause).log(message);
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        Level level = switch (event.getType()) {
            case FrameworkEvent.ERROR -> Level.ERROR;
            case FrameworkEvent.WARNING -> Level.WARN;
            // Starts, refreshes and start levels are no news.
            default -> Level.TRACE;
        };
        LoggerFactory.getLogger(name(event.getBundle()))
                .atLevel(level)
                .setCause(event.getThrowable())
                .log(text(event.getThrowable()));
    }

    private static String text(Throwable cause) {
        if (cause == null) {
            return "the framework reports a problem";
        }
        return cause instanceof BundleException ? "cannot be started: " + cause.getMessage() : cause.toString();
    }

    static String name(Bundle bundle) {
        return bundle == null || bundle.getSymbolicName() == null ? "framework" : bundle.getSymbolicName();
    }

    private static Level level(int level) {
        return switch (level) {
            case LOG_ERROR -> Level.ERROR;
            case LOG_WARNING -> Level.WARN;
            case LOG_INFO -> Level.INFO;
            default -> Level.DEBUG;
        };
    }
}
