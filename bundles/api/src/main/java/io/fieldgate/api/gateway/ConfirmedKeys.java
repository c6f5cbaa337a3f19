package io.fieldgate.api.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Component property {@code fieldgate.confirmed.keys}: keys of the component's configuration whose change could lock out the one who
 * makes it, such as the port. A change of one in a running gateway is taken back after a minute unless it is confirmed.
 *
 * <p>A {@code String[]} of keys as they stand in the file; none unless given.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ConfirmedKeys {

    /** Prefix of the property name. */
    String PREFIX_ = "fieldgate.";

    /** The name of the property. */
    String NAME = "fieldgate.confirmed.keys";

    /**
     * The keys.
     *
     * @return such as {@code port}
     */
    String[] value();
}
