/**
 * The command line, and the only place where the parts are put together: one class a command.
 * Start at {@link io.antichain.cli.Antichain}.
 */
package io.antichain.cli;
