package io.fieldgate.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Component property {@code fieldgate.socket.deflate}: whether a {@link SocketHandler} wants its messages compressed
 * (permessage-deflate, RFC 7692) when the client can.
 *
 * <p>A {@code Boolean}; false unless given, for compression doubles the CPU time of a message.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SocketDeflate {

    /** Prefix of the property name. */
    String PREFIX_ = "fieldgate.";

    /** The name of the property. */
    String NAME = "fieldgate.socket.deflate";

    /**
     * Whether to compress.
     *
     * @return true to compress
     */
    boolean value() default true;
}
