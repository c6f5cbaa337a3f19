package io.fieldgate.driver.i2c;

import com.diozero.api.I2CDeviceInterface.I2CMessage;
import com.diozero.internal.provider.builtin.i2c.NativeI2C;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of diozero's native library. Their Java side is for its own package alone and its public side brings a board
 * detection and a log of its own, so they are reached by method handles. Each answers less than 0 for an error number.
 */
final class NativeCalls {

    private static NativeCalls loaded; // guarded by the class

    private final MethodHandle open = handle("smbusOpen", String.class, int.class, boolean.class);
    private final MethodHandle functions = handle("getFuncs", int.class);
    private final MethodHandle quick = handle("writeQuick", int.class, byte.class);
    private final MethodHandle read = handle("readByte", int.class);
    private final MethodHandle write = handle("writeByte", int.class, byte.class);
    private final MethodHandle readRegister = handle("readByteData", int.class, int.class);
    private final MethodHandle writeRegister = handle("writeByteData", int.class, int.class, byte.class);
    private final MethodHandle readWord = handle("readWordData", int.class, int.class);
    private final MethodHandle writeWord = handle("writeWordData", int.class, int.class, short.class);
    private final MethodHandle readBlock = handle("readI2CBlockData", int.class, int.class, int.class, byte[].class);
    private final MethodHandle writeBlock = handle("writeI2CBlockData", int.class, int.class, int.class, byte[].class);
    private final MethodHandle transfer = handle("readWrite", int.class, int.class, I2CMessage[].class, byte[].class);
    private final MethodHandle close = close();

    private NativeCalls() {}

    /**
     * The calls, with the library loaded at the first time.
     *
     * @throws IOException if it cannot be loaded
     */
    static synchronized NativeCalls loaded() throws IOException {
        if (loaded == null) {
            NativeLibrary.load();
            loaded = new NativeCalls();
        }
        return loaded;
    }

    private static MethodHandle handle(String name, Class<?>... parameters) {
        return find(name, MethodType.methodType(int.class, parameters));
    }

    private static MethodHandle close() {
        return find("smbusClose", MethodType.methodType(void.class, int.class));
    }

    private static MethodHandle find(String name, MethodType type) {
        try {
            return MethodHandles.privateLookupIn(NativeI2C.class, MethodHandles.lookup())
                    .findStatic(NativeI2C.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not the diozero that was built with: " + name, e);
        }
    }

    private static int call(MethodHandle handle, Object... arguments) {
        try {
            return (int) handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    int open(String file, int address) {
        return call(open, file, address, false);
    }

    int functions(int descriptor) {
        return call(functions, descriptor);
    }

    int quick(int descriptor) {
        return call(quick, descriptor, (byte) 0);
    }

    int read(int descriptor) {
        return call(read, descriptor);
    }

    int write(int descriptor, int octet) {
        return call(write, descriptor, (byte) octet);
    }

    int readRegister(int descriptor, int register) {
        return call(readRegister, descriptor, register);
    }

    int writeRegister(int descriptor, int register, int octet) {
        return call(writeRegister, descriptor, register, (byte) octet);
    }

    int readWord(int descriptor, int register) {
        return call(readWord, descriptor, register);
    }

    int writeWord(int descriptor, int register, int word) {
        return call(writeWord, descriptor, register, (short) word);
    }

    int readBlock(int descriptor, int register, byte[] into) {
        return call(readBlock, descriptor, register, into.length, into);
    }

    int writeBlock(int descriptor, int register, byte[] octets) {
        return call(writeBlock, descriptor, register, octets.length, octets);
    }

    /** Writes the first octets of a buffer, and fills the rest with what is read then, if there is a rest. */
    int transfer(int descriptor, int address, int written, byte[] buffer) {
        List<I2CMessage> messages = new ArrayList<>();
        messages.add(new I2CMessage(I2CMessage.I2C_M_WR, written));
        if (buffer.length > written) {
            messages.add(new I2CMessage(I2CMessage.I2C_M_RD, buffer.length - written));
        }
        return call(transfer, descriptor, address, messages.toArray(I2CMessage[]::new), buffer);
    }

    void close(int descriptor) {
        try {
            close.invoke(descriptor);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
