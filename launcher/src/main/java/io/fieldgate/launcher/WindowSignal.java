package io.fieldgate.launcher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The signal that a terminal's window has another size. */
final class WindowSignal {

    private WindowSignal() {}

    /**
     * Has something run at each change. By reflection: the class is the JDK's own, of the module jdk.unsupported, and the compiler
     * would warn of it without a way to say that it is meant.
     *
     * @return false if this Java has no such signal; then the size stays what it was
     */
    static boolean handle(Runnable change) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            change.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("WINCH"), proxy);
            return true;
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            return false;
        }
    }
}
