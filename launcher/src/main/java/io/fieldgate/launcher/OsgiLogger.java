package io.fieldgate.launcher;

import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LoggerConsumer;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One logger of the OSGi Log Service (OSGi Compendium 8.1, 101.4), all of whose methods end in SLF4J. Its messages use the same
 * <code>{}</code> as SLF4J's.
 */
final class OsgiLogger implements FormatterLogger {

    private final org.slf4j.Logger target;

    OsgiLogger(org.slf4j.Logger target) {
        this.target = target;
    }

    /**
     * The specification lets the last two arguments be a Throwable and a ServiceReference, in any order. SLF4J's binding to
     * {@code java.util.logging} loses a Throwable that comes as an argument, so both are taken out here.
     */
    private void put(Level level, String format, Object... arguments) {
        LoggingEventBuilder event = target.atLevel(level);
        int end = arguments.length;
        boolean taken = false;
        while (end > 0 && isExtra(arguments[end - 1], taken)) {
            end--;
            if (arguments[end] instanceof Throwable cause) {
                event = event.setCause(cause);
                taken = true;
            }
        }
        for (int i = 0; i < end; i++) {
            event = event.addArgument(arguments[i]);
        }
        event.log(format);
    }

    private static boolean isExtra(Object argument, boolean causeTaken) {
        return argument instanceof ServiceReference || (argument instanceof Throwable && !causeTaken);
    }

    @Override
    public String getName() {
        return target.getName();
    }

    @Override
    public boolean isTraceEnabled() {
        return target.isTraceEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return target.isDebugEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return target.isInfoEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return target.isWarnEnabled();
    }

    @Override
    public boolean isErrorEnabled() {
        return target.isErrorEnabled();
    }

    @Override
    public void trace(String message) {
        put(Level.TRACE, message);
    }

    @Override
    public void trace(String format, Object argument) {
        put(Level.TRACE, format, argument);
    }

    @Override
    public void trace(String format, Object first, Object second) {
        put(Level.TRACE, format, first, second);
    }

    @Override
    public void trace(String format, Object... arguments) {
        put(Level.TRACE, format, arguments);
    }

    @Override
    public <E extends Exception> void trace(LoggerConsumer<E> consumer) throws E {
        if (isTraceEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public void debug(String message) {
        put(Level.DEBUG, message);
    }

    @Override
    public void debug(String format, Object argument) {
        put(Level.DEBUG, format, argument);
    }

    @Override
    public void debug(String format, Object first, Object second) {
        put(Level.DEBUG, format, first, second);
    }

    @Override
    public void debug(String format, Object... arguments) {
        put(Level.DEBUG, format, arguments);
    }

    @Override
    public <E extends Exception> void debug(LoggerConsumer<E> consumer) throws E {
        if (isDebugEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public void info(String message) {
        put(Level.INFO, message);
    }

    @Override
    public void info(String format, Object argument) {
        put(Level.INFO, format, argument);
    }

    @Override
    public void info(String format, Object first, Object second) {
        put(Level.INFO, format, first, second);
    }

    @Override
    public void info(String format, Object... arguments) {
        put(Level.INFO, format, arguments);
    }

    @Override
    public <E extends Exception> void info(LoggerConsumer<E> consumer) throws E {
        if (isInfoEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public void warn(String message) {
        put(Level.WARN, message);
    }

    @Override
    public void warn(String format, Object argument) {
        put(Level.WARN, format, argument);
    }

    @Override
    public void warn(String format, Object first, Object second) {
        put(Level.WARN, format, first, second);
    }

    @Override
    public void warn(String format, Object... arguments) {
        put(Level.WARN, format, arguments);
    }

    @Override
    public <E extends Exception> void warn(LoggerConsumer<E> consumer) throws E {
        if (isWarnEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public void error(String message) {
        put(Level.ERROR, message);
    }

    @Override
    public void error(String format, Object argument) {
        put(Level.ERROR, format, argument);
    }

    @Override
    public void error(String format, Object first, Object second) {
        put(Level.ERROR, format, first, second);
    }

    @Override
    public void error(String format, Object... arguments) {
        put(Level.ERROR, format, arguments);
    }

    @Override
    public <E extends Exception> void error(LoggerConsumer<E> consumer) throws E {
        if (isErrorEnabled()) {
            consumer.accept(this);
        }
    }

    // Audit messages cannot be switched off; INFO is the lowest level that the log always keeps.

    @Override
    public void audit(String message) {
        put(Level.INFO, message);
    }

    @Override
    public void audit(String format, Object argument) {
        put(Level.INFO, format, argument);
    }

    @Override
    public void audit(String format, Object first, Object second) {
        put(Level.INFO, format, first, second);
    }

    @Override
    public void audit(String format, Object... arguments) {
        put(Level.INFO, format, arguments);
    }
}
