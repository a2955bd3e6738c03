"""The inquirer's side: the notice, taking inquiries in, asking where words are not enough, and the data people hold."""
