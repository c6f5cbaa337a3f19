package io.fieldgate.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Component property {@code fieldgate.socket.non.blocking}: the promise that no callback of a {@link SocketHandler} ever
 * blocks.
 *
 * <p>A {@code Boolean}; false unless given. Callbacks then run on the thread that reads the sockets, which is the quickest
 * way there is; one that waits there holds up every client, and the log names it. Those threads are not renewed when
 * the handler goes, as the gateway's own are: what it leaves in a {@code ThreadLocal} keeps its class loader alive.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SocketNonBlocking {

    /** Prefix of the property name. */
    String PREFIX_ = "fieldgate.";

    /** The name of the property. */
    String NAME = "fieldgate.socket.non.blocking";

    /**
     * Whether the promise is given.
     *
     * @return true if no callback blocks
     */
    boolean value() default true;
}
