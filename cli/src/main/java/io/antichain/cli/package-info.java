/**
 * The program, and the only place where the parts are put together. {@code command} has the commands, the other packages what
 * they use: none of these knows of commands, flags or exit codes.
 */
package io.antichain.cli;
