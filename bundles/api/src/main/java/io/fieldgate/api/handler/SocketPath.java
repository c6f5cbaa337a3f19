package io.fieldgate.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Component property {@code fieldgate.socket.path}: the path that a {@link SocketHandler} serves.
 *
 * <p>A {@code String} that begins with a slash. One that ends with {@code /*} serves everything below; of several that fit
 * a request the exact one wins, then the longest. A service without it, or with another form, is ignored with a warning.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SocketPath {

    /** Prefix of the property name. */
    String PREFIX_ = "fieldgate.";

    /** The name of the property. */
    String NAME = "fieldgate.socket.path";

    /**
     * The path.
     *
     * @return for example {@code /live} or {@code /tools/*}
     */
    String value();
}
