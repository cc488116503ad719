/** What stands in the two topics: JSON, with no word of clocks. */
package io.antichain.example.messages;
