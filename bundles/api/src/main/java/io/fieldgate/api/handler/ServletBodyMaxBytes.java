package io.fieldgate.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Component property {@code fieldgate.servlet.body.max.bytes}: the largest body of a request that a servlet of the Servlet Whiteboard takes.
 *
 * <p>An {@code Integer} of 1 to 1,073,741,824. Unless given, {@code body.max.bytes} of the gateway's limits counts; a servlet may take more than
 * that, or less. A larger body is refused with 413 before the servlet is called. The body of a client that may not call the servlet is not
 * read.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ServletBodyMaxBytes {

    /** Prefix of the property name. */
    String PREFIX_ = "fieldgate.";

    /** The name of the property. */
    String NAME = "fieldgate.servlet.body.max.bytes";

    /**
     * The size.
     *
     * @return bytes
     */
    int value();
}
