package io.fieldgate.driver.gpio;

import com.diozero.internal.provider.builtin.gpio.GpioChip;
import com.diozero.internal.provider.builtin.gpio.GpioChipInfo;
import com.diozero.internal.provider.builtin.gpio.GpioLineEventListener;
import com.diozero.internal.provider.builtin.gpio.NativeGpioDevice;
import com.diozero.util.LibraryLoader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * The calls to the kernel that diozero has in C. Its own classes on top of them start threads that are no daemons and close what
 * they never opened, so the calls are made directly (ADR 0018). Each returns what the kernel does: below 0 is an error number.
 */
final class NativeCalls {

    private static final MethodHandles.Lookup LOOKUP = lookup();
    private static final MethodHandle CHIPS = handle("getChips", List.class);
    private static final MethodHandle OPEN = handle("openChip", GpioChip.class, String.class);
    private static final MethodHandle CHIP_FD = chipFd();
    private static final MethodHandle INPUT =
            handle("provisionGpioInputDevice", int.class, int.class, int.class, int.class, int.class);
    private static final MethodHandle OUTPUT =
            handle("provisionGpioOutputDevice", int.class, int.class, int.class, int.class);
    private static final MethodHandle GET = handle("getValue", int.class, int.class);
    private static final MethodHandle SET = handle("setValue", int.class, int.class, int.class);
    private static final MethodHandle EPOLL = handle("epollCreate", int.class);
    private static final MethodHandle ADD = handle("epollAddFileDescriptor", int.class, int.class, int.class);
    private static final MethodHandle REMOVE = handle("epollRemoveFileDescriptor", int.class, int.class, int.class);
    private static final MethodHandle LOOP =
            handle("eventLoop", void.class, int.class, int.class, GpioLineEventListener.class);
    private static final MethodHandle STOP = handle("stopEventLoop", int.class, int.class);
    private static final MethodHandle CLOSE = handle("close", void.class, int.class);

    private NativeCalls() {}

    /** One of the calls. */
    private interface Call<T> {

        T make() throws Throwable;
    }

    private static MethodHandles.Lookup lookup() {
        LibraryLoader.loadSystemUtils();
        try {
            return MethodHandles.privateLookupIn(NativeGpioDevice.class, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw new LinkageError("diozero is not in this bundle", e);
        }
    }

    private static MethodHandle handle(String name, Class<?> result, Class<?>... arguments) {
        try {
            return LOOKUP.findStatic(NativeGpioDevice.class, name, MethodType.methodType(result, arguments));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new LinkageError("another diozero than 1.4.1 is in this bundle", e);
        }
    }

    private static MethodHandle chipFd() {
        try {
            return MethodHandles.privateLookupIn(GpioChip.class, MethodHandles.lookup())
                    .findGetter(GpioChip.class, "chipFd", int.class);
        } catch (NoSuchFieldException | IllegalAccessException e) {
            throw new LinkageError("another diozero than 1.4.1 is in this bundle", e);
        }
    }

    private static <T> T made(Call<T> call) {
        try {
            return call.make();
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call threw", e);
        }
    }

    /** All chips that can be opened; null if there is none. */
    static List<?> chips() {
        return made(() -> (List<?>) CHIPS.invoke());
    }

    static Chips.Name name(Object info) {
        GpioChipInfo chip = (GpioChipInfo) info;
        return new Chips.Name(chip.getName(), chip.getLabel());
    }

    /** Opens a chip and asks for all its lines; null if it cannot be opened. */
    static GpioChip open(String file) {
        return made(() -> (GpioChip) OPEN.invoke(file));
    }

    static int descriptor(GpioChip chip) {
        return made(() -> (int) CHIP_FD.invoke(chip));
    }

    static int input(int chip, int line, int handleFlags, int edges) {
        return made(() -> (int) INPUT.invoke(chip, line, handleFlags, edges));
    }

    static int output(int chip, int line, int level) {
        return made(() -> (int) OUTPUT.invoke(chip, line, level));
    }

    static int get(int line) {
        return made(() -> (int) GET.invoke(line));
    }

    static int set(int line, int level) {
        return made(() -> (int) SET.invoke(line, level));
    }

    static int epoll() {
        return made(() -> (int) EPOLL.invoke());
    }

    static int add(int epoll, int line) {
        return made(() -> (int) ADD.invoke(epoll, line));
    }

    static int remove(int epoll, int line) {
        return made(() -> (int) REMOVE.invoke(epoll, line));
    }

    /** Tells of edges until {@link #stop} is called, or a line hangs up. Only one of these may run at a time. */
    static void loop(int epoll, GpioLineEventListener listener) {
        made(() -> {
            LOOP.invoke(epoll, -1, listener);
            return true;
        });
    }

    /** Ends the loop, waits for it, and closes the descriptor that it waited on. */
    static int stop(int epoll) {
        return made(() -> (int) STOP.invoke(epoll));
    }

    static void close(int descriptor) {
        made(() -> {
            CLOSE.invoke(descriptor);
            return true;
        });
    }
}
