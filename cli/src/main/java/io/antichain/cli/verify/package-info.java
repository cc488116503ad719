/** The check of the conflicts topic against the definition of concurrency: pure, and not by the order engine. */
package io.antichain.cli.verify;
