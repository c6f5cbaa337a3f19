package io.fieldgate.installer;

import io.fieldgate.api.gateway.StagedBundle;
import io.fieldgate.api.gateway.UpdateException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes jars in. Safe for use by many threads. */
final class Staging {

    /** One who stages and never closes must not fill the disk. */
    private static final int STAGED_MAX = 64;

    private final Store store;
    private final Semaphore places = new Semaphore(STAGED_MAX);

    Staging(Store store) {
        this.store = store;
    }

    /** A jar that was taken in. */
    final class Staged implements StagedBundle {

        private final BundleFile jar;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Staged(BundleFile jar) {
            this.jar = jar;
        }

        BundleFile jar() {
            if (closed.get()) {
                throw new IllegalStateException(jar + " was given up already");
            }
            return jar;
        }

        @Override
        public String symbolicName() {
            return jar.symbolicName();
        }

        @Override
        public String version() {
            return jar.version().toString();
        }

        @Override
        public String sha256() {
            return jar.sha256();
        }

        @Override
        public Optional<String> signer() {
            return jar.signer();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                store.release(jar.sha256());
                places.release();
            }
        }
    }

    /** Copies a jar and reads it whole. */
    Staged stage(InputStream in) throws UpdateException, IOException {
        if (!places.tryAcquire()) {
            throw new UpdateException(
                    UpdateException.Reason.BUSY, STAGED_MAX + " bundles are staged already; try again later");
        }
        Optional<Store.Entry> entry = Optional.empty();
        boolean staged = false;
        try {
            entry = Optional.of(store.put(in));
            Staged bundle = new Staged(BundleFile.read(entry.get()));
            staged = true;
            return bundle;
        } finally {
            if (!staged) {
                entry.ifPresent(copy -> store.release(copy.sha256()));
                places.release();
            }
        }
    }
}
