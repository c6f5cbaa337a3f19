package io.fieldgate.transport.files;

import io.fieldgate.api.gateway.Gateway;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder on disk that the configuration wants to be served; {@link FilesTransport} does it. With a bad configuration the last good
 * one goes on.
 */
@Component(
        service = FolderMount.class,
        configurationPid = FolderMount.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FolderMount.Config.class, factory = true)
public final class FolderMount {

    /** The configuration. */
    @ObjectClassDefinition(name = "Fieldgate folder of files")
    public @interface Config {

        /**
         * Where the folder is served.
         *
         * @return a path
         */
        @AttributeDefinition(description = "Where the folder is served: / or a path such as /docs")
        String path();

        /**
         * The folder.
         *
         * @return a path, absolute or relative to the home
         */
        @AttributeDefinition(description = "The folder, absolute or relative to the home of the gateway")
        String folder();

        /**
         * The file that stands for its folder.
         *
         * @return the name of a file
         */
        @AttributeDefinition(description = "The file that stands for its folder")
        String index() default MountSettings.INDEX;

        /**
         * The page of an application that makes up its paths itself.
         *
         * @return a file of the folder, or nothing
         */
        @AttributeDefinition(
                description = "The file that answers a browser where there is none, for applications of one page",
                required = false)
        String spa() default "";

        /**
         * Whether a folder without an index is listed.
         *
         * @return whether it is
         */
        @AttributeDefinition(description = "Whether a folder without an index is listed")
        boolean listing() default false;

        /**
         * How long a browser may keep a file without asking.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "How long a browser may keep a file without asking, in seconds",
                min = "0",
                max = "31536000")
        int max_age_s() default 0;

        /**
         * Names of files that never change.
         *
         * @return a regular expression for the whole name, without the folder; empty for none
         */
        @AttributeDefinition(
                description = "Names of files that never change: a regular expression; empty for none",
                required = false)
        String immutable_pattern() default Caching.HASHED;

        /**
         * More content types.
         *
         * @return each as {@code EXTENSION=TYPE}
         */
        @AttributeDefinition(description = "More content types, each EXTENSION=TYPE", required = false)
        String[] types() default {};

        /**
         * Headers of each answer with a file.
         *
         * @return each as {@code NAME: VALUE}
         */
        @AttributeDefinition(description = "Headers of each answer with a file, each NAME: VALUE", required = false)
        String[] headers() default {};
    }

    static final String PID = "io.fieldgate.transport.files";

    private static final Logger LOG = LoggerFactory.getLogger(FolderMount.class);

    private final BundleContext context;

    private volatile Optional<Mount> mount = Optional.empty();

    /**
     * Takes a configuration, or none of it.
     *
     * @param context the bundle's
     * @param config the configuration
     */
    @Activate
    public FolderMount(BundleContext context, Config config) {
        this.context = context;
        modified(config);
    }

    /** Follows another configuration, or none of it; it is {@link FolderCheck} that fails with a bad one, and says so. */
    @Modified
    void modified(Config config) {
        try {
            mount = Optional.of(mount(context, config));
        } catch (IllegalArgumentException e) {
            LOG.debug("the last good configuration goes on, if there was one", e);
        }
    }

    /** What the last good configuration says, if there was one. */
    Optional<Mount> mount() {
        return mount;
    }

    /** What a configuration says; a bad value is an {@link IllegalArgumentException}. */
    static Mount mount(BundleContext context, Config config) {
        Path home =
                Path.of(Optional.ofNullable(context.getProperty(Gateway.HOME)).orElse(""));
        return new Mount(
                folder(home, config.folder()),
                new MountSettings(
                        MountSettings.path(text("path", config.path())),
                        MountSettings.file("index", config.index()),
                        Optional.of(config.spa())
                                .filter(file -> !file.isEmpty())
                                .map(file -> MountSettings.file("spa", file)),
                        config.listing(),
                        new Caching(config.max_age_s(), config.immutable_pattern()),
                        new MediaTypes(List.of(config.types())),
                        MountSettings.headers(List.of(config.headers()))));
    }

    /**
     * A folder that is to be served.
     *
     * @param folder absolute
     * @param settings how
     */
    record Mount(Path folder, MountSettings settings) {}

    private static Path folder(Path home, String value) {
        try {
            return home.resolve(text("folder", value)).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("folder must be a path, is \"" + value + '"', e);
        }
    }

    private static String text(String key, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(key + " must be given, is \"\"");
        }
        return value.strip();
    }
}
