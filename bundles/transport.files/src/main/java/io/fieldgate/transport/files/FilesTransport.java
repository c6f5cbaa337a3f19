package io.fieldgate.transport.files;

import io.fieldgate.api.handler.ServedFiles;
import io.fieldgate.transport.files.Mounts.Origin;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves files: of folders that the configuration mounts, and of bundles that carry some. When the component goes, all paths
 * go; answers that have begun are finished.
 */
@Component(service = {})
public final class FilesTransport {

    private static final Logger LOG = LoggerFactory.getLogger(FilesTransport.class);

    private final FileCache cache = new FileCache();
    private final Map<Origin, Source> sources = new ConcurrentHashMap<>();
    private final Mounts mounts;
    private final ServiceTracker<Object, Origin> carried;

    /**
     * Looks for bundles that carry files.
     *
     * @param context the bundle's
     * @throws InvalidSyntaxException never
     */
    @Activate
    public FilesTransport(BundleContext context) throws InvalidSyntaxException {
        mounts = new Mounts(context);
        carried =
                new ServiceTracker<>(context, context.createFilter("(" + ServedFiles.PATH + "=*)"), new CarriedFiles());
        carried.open(true);
    }

    @Deactivate
    void stop() {
        carried.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindFolder(ServiceReference<FolderMount> reference, FolderMount mount) {
        mount.mount().ifPresent(wanted -> show(reference, wanted));
    }

    void updatedFolder(ServiceReference<FolderMount> reference, FolderMount mount) {
        unbindFolder(reference);
        bindFolder(reference, mount);
    }

    void unbindFolder(ServiceReference<FolderMount> reference) {
        remove(new Origin(true, reference));
    }

    private void show(ServiceReference<FolderMount> reference, FolderMount.Mount wanted) {
        DiskFolder folder = new DiskFolder(wanted.folder(), cache, Clock.systemUTC());
        LOG.info("{} shows the folder {}", wanted.settings().path(), wanted.folder());
        folder.isAway();
        add(new Origin(true, reference), new Layer(folder, wanted.settings()));
    }

    private void add(Origin origin, Layer layer) {
        sources.put(origin, layer.source());
        mounts.add(origin, layer);
    }

    private void remove(Origin origin) {
        mounts.remove(origin);
        Optional.ofNullable(sources.remove(origin)).ifPresent(cache::forget);
    }

    /** Follows services whose bundles carry files. The services themselves are not fetched. */
    private final class CarriedFiles implements ServiceTrackerCustomizer<Object, Origin> {

        @Override
        public Origin addingService(ServiceReference<Object> reference) {
            Origin origin = new Origin(false, reference);
            Bundle bundle = reference.getBundle();
            if (bundle == null) {
                return null; // it has gone already
            }
            try {
                add(origin, layer(reference, bundle));
            } catch (IllegalArgumentException e) {
                LOG.warn(
                        "{} {} carries files that are not served: {}",
                        bundle.getSymbolicName(),
                        bundle.getVersion(),
                        e.getMessage());
            }
            return origin;
        }

        @Override
        public void modifiedService(ServiceReference<Object> reference, Origin origin) {
            removedService(reference, origin);
            addingService(reference);
        }

        @Override
        public void removedService(ServiceReference<Object> reference, Origin origin) {
            remove(origin);
        }

        private Layer layer(ServiceReference<?> reference, Bundle bundle) {
            String name = text(reference, ServedFiles.FOLDER);
            MountSettings settings = MountSettings.carried(
                    text(reference, ServedFiles.PATH), text(reference, ServedFiles.SPA), headers(reference));
            BundleFolder folder = new BundleFolder(bundle, MountSettings.file(ServedFiles.FOLDER, name), cache);
            LOG.info(
                    "{} shows {} files of {} {}",
                    settings.path(),
                    folder.size(),
                    bundle.getSymbolicName(),
                    bundle.getVersion());
            return new Layer(folder, settings);
        }
    }

    private static String text(ServiceReference<?> reference, String key) {
        Object value = reference.getProperty(key);
        return value == null ? "" : value.toString();
    }

    private static List<String> headers(ServiceReference<?> reference) {
        Object value = reference.getProperty(ServedFiles.HEADERS);
        if (value instanceof String[] lines) {
            return List.of(lines);
        }
        return value == null ? List.of() : List.of(value.toString());
    }
}
