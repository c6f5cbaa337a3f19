package io.fieldgate.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Component property {@code fieldgate.socket.role}: the role that a user needs to come to a {@link SocketHandler}.
 *
 * <p>A {@code String}, the id of a {@link io.fieldgate.api.data.Role}; {@code viewer} unless given. A user who has less is
 * refused with 403. A service with another value is ignored with a warning.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SocketRole {

    /** Prefix of the property name. */
    String PREFIX_ = "fieldgate.";

    /** The name of the property. */
    String NAME = "fieldgate.socket.role";

    /**
     * The role.
     *
     * @return {@code viewer}, {@code operator} or {@code admin}
     */
    String value();
}
