package io.fieldgate.driver.gpio;

import com.diozero.internal.provider.builtin.gpio.GpioChip;
import com.diozero.internal.provider.builtin.gpio.GpioLineEventListener;
import com.diozero.internal.provider.builtin.gpio.NativeGpioDevice;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;

/**
 * The native methods of diozero, which are not public. What is above them in diozero is passed by: it starts threads of its own,
 * and closing a chip closes file descriptor 0 for each line that was not used.
 */
final class Native {

    private static final Lookup DEVICE = lookup(NativeGpioDevice.class);
    private static final MethodHandle OPEN = method("openChip", GpioChip.class, String.class);
    private static final MethodHandle INPUT =
            method("provisionGpioInputDevice", int.class, int.class, int.class, int.class, int.class);
    private static final MethodHandle OUTPUT =
            method("provisionGpioOutputDevice", int.class, int.class, int.class, int.class);
    private static final MethodHandle GET = method("getValue", int.class, int.class);
    private static final MethodHandle SET = method("setValue", int.class, int.class, int.class);
    private static final MethodHandle EPOLL = method("epollCreate", int.class);
    private static final MethodHandle ADD = method("epollAddFileDescriptor", int.class, int.class, int.class);
    private static final MethodHandle REMOVE = method("epollRemoveFileDescriptor", int.class, int.class, int.class);
    private static final MethodHandle LOOP =
            method("eventLoop", void.class, int.class, int.class, GpioLineEventListener.class);
    private static final MethodHandle CLOSE = method("close", void.class, int.class);
    private static final VarHandle CHIP_DESCRIPTOR = chipDescriptor();

    private Native() {}

    private static Lookup lookup(Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle method(String name, Class<?> result, Class<?>... parameters) {
        try {
            return DEVICE.findStatic(NativeGpioDevice.class, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static VarHandle chipDescriptor() {
        try {
            return lookup(GpioChip.class).findVarHandle(GpioChip.class, "chipFd", int.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A chip with the state of its lines, or null; its descriptor must be closed. */
    static GpioChip openChip(String file) {
        return call(() -> (GpioChip) OPEN.invokeExact(file));
    }

    static int descriptor(GpioChip chip) {
        return (int) CHIP_DESCRIPTOR.get(chip);
    }

    static int input(int chip, int number, int handleFlags, int eventFlags) {
        return call(() -> (int) INPUT.invokeExact(chip, number, handleFlags, eventFlags));
    }

    static int output(int chip, int number, int level) {
        return call(() -> (int) OUTPUT.invokeExact(chip, number, level));
    }

    static int get(int line) {
        return call(() -> (int) GET.invokeExact(line));
    }

    static int set(int line, int level) {
        return call(() -> (int) SET.invokeExact(line, level));
    }

    static int epoll() {
        return call(() -> (int) EPOLL.invokeExact());
    }

    static int add(int epoll, int descriptor) {
        return call(() -> (int) ADD.invokeExact(epoll, descriptor));
    }

    static int remove(int epoll, int descriptor) {
        return call(() -> (int) REMOVE.invokeExact(epoll, descriptor));
    }

    static void loop(int epoll, GpioLineEventListener listener) {
        call(() -> {
            LOOP.invokeExact(epoll, -1, listener);
            return 0;
        });
    }

    static void close(int descriptor) {
        call(() -> {
            CLOSE.invokeExact(descriptor);
            return 0;
        });
    }

    /** The methods throw nothing of their own. */
    private static <T> T call(Call<T> method) {
        try {
            return method.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Call<T> {
        T run() throws Throwable;
    }
}
