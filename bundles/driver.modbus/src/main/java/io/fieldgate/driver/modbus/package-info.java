/** Modbus: devices as points, and points as a device. */
package io.fieldgate.driver.modbus;
