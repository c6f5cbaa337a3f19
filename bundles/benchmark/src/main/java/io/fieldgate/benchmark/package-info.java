/** The benchmark: the built distribution beside other servers, in turns, and what came of it as text and as JSON. */
package io.fieldgate.benchmark;
