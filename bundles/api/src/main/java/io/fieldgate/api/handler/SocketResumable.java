package io.fieldgate.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Component property {@code fieldgate.socket.resumable}: whether the sessions of a {@link SocketHandler} can change hands.
 *
 * <p>A {@code Boolean}; true unless given. If false its sessions close with 1012 when its service goes.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SocketResumable {

    /** Prefix of the property name. */
    String PREFIX_ = "fieldgate.";

    /** The name of the property. */
    String NAME = "fieldgate.socket.resumable";

    /**
     * Whether a successor can take over.
     *
     * @return false if the sessions end with this handler
     */
    boolean value() default true;
}
