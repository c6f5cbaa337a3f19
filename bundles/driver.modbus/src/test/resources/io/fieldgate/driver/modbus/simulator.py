"""Units 1 and 2 of pymodbus: over TCP ("tcp PORT") or over a serial line ("rtu DEVICE")."""
import sys

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server import StartSerialServer, StartTcpServer
from pymodbus.transaction import ModbusRtuFramer


def registers():
    """Registers 0 to 11 and 20 to 47; between them is nothing."""
    values = {address: 0 for address in list(range(0, 12)) + list(range(20, 48))}
    values.update({0: 0x41AC, 1: 0x0000})  # 21.5, float32
    values.update({2: 0xFFFE})  # -2, int16
    values.update({3: 0xFFFF, 4: 0xFFFF, 5: 0xFFFF, 6: 0xFFFF})  # 2^64-1, uint64
    values.update({7: 0x00A5})  # bits 0, 2, 5, 7
    values.update({8: 0x0001, 9: 0x0002})  # 131073 with the low word first
    values.update({20: 0x4649, 21: 0x454C, 22: 0x4400})  # "FIELD"
    return ModbusSparseDataBlock(values)


def bits():
    return ModbusSparseDataBlock({address: address % 3 == 0 for address in range(0, 40)})


def unit():
    return ModbusSlaveContext(di=bits(), co=bits(), hr=registers(), ir=registers(), zero_mode=True)


context = ModbusServerContext(slaves={1: unit(), 2: unit()}, single=False)
if sys.argv[1] == "tcp":
    StartTcpServer(context=context, address=("127.0.0.1", int(sys.argv[2])), ignore_missing_slaves=True)
else:
    StartSerialServer(
        context=context,
        framer=ModbusRtuFramer,
        port=sys.argv[2],
        baudrate=19200,
        parity="N",
        timeout=0.02,
        ignore_missing_slaves=True,
    )
