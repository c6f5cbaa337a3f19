package io.fieldgate.launcher;

import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The OSGi Log Service over SLF4J: what Felix's own bundles have to say comes into the one log. */
final class OsgiLog implements LogService {

    @Override
    public Logger getLogger(String name) {
        return new OsgiLogger(LoggerFactory.getLogger(name));
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return getLogger(type.getName());
    }

    @Override
    public <L extends Logger> L getLogger(String name, Class<L> type) {
        return type.cast(getLogger(name));
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> type, Class<L> loggerType) {
        return getLogger(type.getName(), loggerType);
    }

    /** SCR logs for a bundle by the root logger's name; the bundle's own says more. */
    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> type) {
        return getLogger(Logger.ROOT_LOGGER_NAME.equals(name) ? FrameworkLog.name(bundle) : name, type);
    }

    @Override
    @Deprecated
    public void log(int level, String message) {
        log(null, level, message, null);
    }

    @Override
    @Deprecated
    public void log(int level, String message, Throwable cause) {
        log(null, level, message, cause);
    }

    @Override
    @Deprecated
    public void log(ServiceReference<?> service, int level, String message) {
        log(service, level, message, null);
    }

    @Override
    @Deprecated
    public void log(ServiceReference<?> service, int level, String message, Throwable cause) {
        LoggerFactory.getLogger(FrameworkLog.name(service == null ? null : service.getBundle()))
                .atLevel(level(level))
                .setCause(cause)
                .log(message);
    }

    private static Level level(int level) {
        return switch (level) {
            case 0, 1 -> Level.ERROR;
            case 2 -> Level.WARN;
            case 3 -> Level.INFO;
            default -> Level.DEBUG;
        };
    }
}
