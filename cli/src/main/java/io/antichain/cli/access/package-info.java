/** How the command line reaches nodes and analyzers: whom it trusts, and what it shows. */
package io.antichain.cli.access;
