package io.fieldgate.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Component property {@code fieldgate.socket.subprotocols}: the subprotocols that a {@link SocketHandler} speaks (RFC 6455,
 * 1.9).
 *
 * <p>A {@code String[]}. Unless given, any request fits and no subprotocol is named to the client. If given, a client that
 * offers none of them is refused with 400.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SocketSubprotocols {

    /** Prefix of the property name. */
    String PREFIX_ = "fieldgate.";

    /** The name of the property. */
    String NAME = "fieldgate.socket.subprotocols";

    /**
     * The names.
     *
     * @return tokens of RFC 9110, 5.6.2, for example {@code fieldgate.live.v1}
     */
    String[] value();
}
