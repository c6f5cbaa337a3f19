package io.fieldgate.core;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;

/** Loads one class anew, with those nested in it, as if it were of a bundle with a loader of its own. */
final class ForeignLoader extends ClassLoader {

    private final String own;

    ForeignLoader(Class<?> own) {
        super(own.getClassLoader());
        this.own = own.getName();
    }

    /** Makes one of the class. */
    <T> T make(Class<T> type) {
        try {
            return type.cast(loadClass(own).getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** Waits until nothing holds a loader. Whoever asks must have no variable with it or what it made. */
    static void awaitUnloaded(WeakReference<ClassLoader> loader) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    System.gc();
                    return loader.refersTo(null);
                });
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.equals(own) && !name.startsWith(own + "$")) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] code = in.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
