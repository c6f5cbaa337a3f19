package io.fieldgate.driver.i2c;

import com.diozero.internal.provider.builtin.i2c.NativeI2C;
import com.diozero.util.LibraryLoader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The calls to the kernel that diozero has in C, made without its own classes on top of them (ADR 0019). Each returns what the kernel does:
 * below 0 is an error number.
 */
final class NativeCalls {

    private static final MethodHandles.Lookup LOOKUP = lookup();
    private static final MethodHandle OPEN = handle("smbusOpen", int.class, String.class, int.class, boolean.class);
    private static final MethodHandle CLOSE = handle("smbusClose", void.class, int.class);
    private static final MethodHandle QUICK = handle("writeQuick", int.class, int.class, byte.class);
    private static final MethodHandle READ = handle("readByte", int.class, int.class);
    private static final MethodHandle WRITE = handle("writeByte", int.class, int.class, byte.class);
    private static final MethodHandle READ_BYTE = handle("readByteData", int.class, int.class, int.class);
    private static final MethodHandle WRITE_BYTE = handle("writeByteData", int.class, int.class, int.class, byte.class);
    private static final MethodHandle READ_WORD = handle("readWordData", int.class, int.class, int.class);
    private static final MethodHandle WRITE_WORD =
            handle("writeWordData", int.class, int.class, int.class, short.class);
    private static final MethodHandle READ_BLOCK =
            handle("readI2CBlockData", int.class, int.class, int.class, int.class, byte[].class);
    private static final MethodHandle WRITE_BLOCK =
            handle("writeI2CBlockData", int.class, int.class, int.class, int.class, byte[].class);

    private NativeCalls() {}

    /** One of the calls. */
    private interface Call {

        int make() throws Throwable;
    }

    private static MethodHandles.Lookup lookup() {
        LibraryLoader.loadSystemUtils();
        try {
            return MethodHandles.privateLookupIn(NativeI2C.class, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw new LinkageError("diozero is not in this bundle", e);
        }
    }

    private static MethodHandle handle(String name, Class<?> result, Class<?>... arguments) {
        try {
            return LOOKUP.findStatic(NativeI2C.class, name, MethodType.methodType(result, arguments));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new LinkageError("another diozero than 1.4.1 is in this bundle", e);
        }
    }

    private static int made(Call call) {
        try {
            return call.make();
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call threw", e);
        }
    }

    static int open(String file, int address) {
        return made(() -> (int) OPEN.invokeExact(file, address, false));
    }

    static void close(int descriptor) {
        made(() -> {
            CLOSE.invokeExact(descriptor);
            return 0;
        });
    }

    static int quick(int descriptor) {
        return made(() -> (int) QUICK.invokeExact(descriptor, (byte) 0));
    }

    static int read(int descriptor) {
        return made(() -> (int) READ.invokeExact(descriptor));
    }

    static int write(int descriptor, int value) {
        return made(() -> (int) WRITE.invokeExact(descriptor, (byte) value));
    }

    static int readByte(int descriptor, int register) {
        return made(() -> (int) READ_BYTE.invokeExact(descriptor, register));
    }

    static int writeByte(int descriptor, int register, int value) {
        return made(() -> (int) WRITE_BYTE.invokeExact(descriptor, register, (byte) value));
    }

    static int readWord(int descriptor, int register) {
        return made(() -> (int) READ_WORD.invokeExact(descriptor, register));
    }

    static int writeWord(int descriptor, int register, int value) {
        return made(() -> (int) WRITE_WORD.invokeExact(descriptor, register, (short) value));
    }

    static int readBlock(int descriptor, int register, byte[] into) {
        return made(() -> (int) READ_BLOCK.invokeExact(descriptor, register, into.length, into));
    }

    static int writeBlock(int descriptor, int register, byte[] data) {
        return made(() -> (int) WRITE_BLOCK.invokeExact(descriptor, register, data.length, data));
    }
}
