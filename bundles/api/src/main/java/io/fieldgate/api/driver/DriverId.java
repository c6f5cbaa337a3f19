package io.fieldgate.api.driver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Component property {@code fieldgate.driver.id}: the id of a {@link Driver}, the first segment of all its ids.
 *
 * <p>A {@code String} of {@code [a-z0-9_-]+}, at most 64 characters. A service without it, or with another form, is ignored
 * with a warning. Of two services with one id the one of the higher ranking serves.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface DriverId {

    /** Prefix of the property name. */
    String PREFIX_ = "fieldgate.";

    /** The name of the property. */
    String NAME = "fieldgate.driver.id";

    /**
     * The id.
     *
     * @return a text of {@code [a-z0-9_-]+}
     */
    String value();
}
