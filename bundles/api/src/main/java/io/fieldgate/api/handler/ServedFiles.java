package io.fieldgate.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Component properties {@code fieldgate.files.…}: the bundle of this service carries files, and they are to be served.
 *
 * <p>The service may be of any type and is never called; it only has to be registered. While it is, each file below the folder
 * answers {@code GET} and {@code HEAD}. Whatever else serves a path, a servlet or a handler of WebSockets, goes before it; so
 * does a file of a folder that the configuration mounts at the same path. When the bundle is updated, its new files are served
 * from the next request on. A service without a path or with a bad value is ignored with a warning.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ServedFiles {

    /** Prefix of the property names. */
    String PREFIX_ = "fieldgate.files.";

    /** The name of the property for {@link #path()}, a {@code String}. */
    String PATH = "fieldgate.files.path";

    /** The name of the property for {@link #folder()}, a {@code String}. */
    String FOLDER = "fieldgate.files.folder";

    /** The name of the property for {@link #spa()}, a {@code String}. */
    String SPA = "fieldgate.files.spa";

    /** The name of the property for {@link #headers()}, a {@code String} or an array of them. */
    String HEADERS = "fieldgate.files.headers";

    /**
     * Where the files are served.
     *
     * @return {@code /}, or a path that begins with a slash and does not end with one, such as {@code /help}
     */
    String path();

    /**
     * The folder within the bundle.
     *
     * @return for example {@code page}
     */
    String folder();

    /**
     * The page of an application that makes up its paths itself. It answers where there is no file, if a browser asks for a
     * page and the path has no file extension.
     *
     * @return a file of the folder, such as {@code index.html}; empty for none
     */
    String spa() default "";

    /**
     * Headers of each answer with one of the files, in place of those of the same name that the gateway sets.
     *
     * @return header lines such as {@code Referrer-Policy: no-referrer}
     */
    String[] headers() default {};
}
