// Wagtail's calendar puts today's date in place of what it cannot read, and says nothing: what is
// typed stays, and the form answers.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
