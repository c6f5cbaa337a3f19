package io.fieldgate.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Component property {@code fieldgate.socket.message.max.bytes}: the greatest message that a {@link SocketHandler} takes.
 *
 * <p>An {@code Integer} of 1 to 16,777,216; 65,536 unless given. A client that sends more is closed with 1009.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SocketMessageMaxBytes {

    /** Prefix of the property name. */
    String PREFIX_ = "fieldgate.";

    /** The name of the property. */
    String NAME = "fieldgate.socket.message.max.bytes";

    /**
     * The size.
     *
     * @return bytes of payload, after decompression
     */
    int value();
}
